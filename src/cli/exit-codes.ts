/** What a command ends with, so that a pipeline can tell a wrong subject from a wrong command. */
export const exitCodes = { conformant: 0, notConformant: 1, notJudged: 2 } as const;
