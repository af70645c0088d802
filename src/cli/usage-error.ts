/** What was asked cannot be done, and the message says what to ask instead. Exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
