import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

/** Pages by their paths in the folder `calibration`. */
export type Pages = Readonly<Record<string, string>>;

/**
 * Writes the pages, takes away those of chapters that there are no more, and gives the paths of
 * those that are not what they were.
 */
export function writePages(root: URL, pages: Pages): readonly string[] {
  const folder = new URL('calibration/', root);
  mkdirSync(folder, { recursive: true });
  const gone = readdirSync(folder).filter((path) => pages[path] === undefined);
  for (const path of gone) rmSync(new URL(path, folder));
  const changed = Object.keys(pages).filter((path) => {
    const file = new URL(path, folder);
    const before = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
    if (before === pages[path]) return false;
    writeFileSync(file, pages[path]!);
    return true;
  });
  return [...gone, ...changed].sort();
}
