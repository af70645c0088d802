import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';

/*
 * Joins the compiled modules of `dist/src` into a few files: a hundred small ones take longer to
 * load than what is in them takes to run. Formulas, contracts and laws stay files of their own,
 * where the catalogue looks for them, and share the kernel with the engine. So does the catalogue
 * itself, which finds them beside it.
 */

const dist = resolve('dist');
const source = join(dist, 'src');
const fileOf = (name: string): string => join(source, `${name}.js`);

/** These run when they are loaded, and so stand alone. */
const programs = ['cli', 'subjects/module-host'];

/** What is loaded together: the modules of a layer, and all that they import and no layer before. */
const layers: Readonly<Record<string, readonly string[]>> = {
  subject: ['subjects/module-host', 'subjects/direct'],
  kernel: ['kernel/index'],
  command: ['cli', 'cli/check', 'reporters/console'],
  engine: ['run', 'cli/rehearsal'],
};

const files = filesUnder(dist);
const apart = files.filter((file) => !isJoined(file));
const imports = new Map<string, readonly string[]>();
const graph: Plugin = {
  name: 'graph',
  moduleParsed: ({ id, importedIds }) => void imports.set(id, importedIds),
};

const bundle = await rolldown({
  input: Object.fromEntries([...entries()].map((file) => [nameOf(file), file])),
  platform: 'node',
  external: (id, _importer, isResolved) => isResolved && !isJoined(id) && !isOwn(id),
  plugins: [graph],
});
const { output } = await bundle.write({
  dir: source,
  entryFileNames: '[name].js',
  chunkFileNames: 'joined/[name].js',
  codeSplitting: {
    groups: Object.keys(layers).map((name, i, { length }) => ({
      name,
      priority: length - i,
      test: (id) => belongsTo(name, id),
    })),
  },
});
dropJoined(output.filter((file) => file.type === 'chunk'));

function filesUnder(folder: string): readonly string[] {
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return found.filter((path) => path.endsWith('.js')).map((path) => join(folder, path));
}

function isJoined(file: string): boolean {
  const stays = [join(source, 'formulas'), fileOf('catalog'), fileOf('index')];
  return file.startsWith(source) && !stays.some((path) => file.startsWith(path));
}

/** The bundler's own helpers. */
function isOwn(id: string): boolean {
  return id.startsWith('\0');
}

function nameOf(file: string): string {
  return file.slice(source.length + 1, -'.js'.length);
}

/** Where the layers begin, and whatever is imported by what stays apart. */
function entries(): ReadonlySet<string> {
  const begun = [...programs, 'subjects/index', ...Object.values(layers).flat()].map(fileOf);
  const imported = apart.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/ from '(\.[^']+)'/g)].map(([, path]) =>
      resolve(dirname(file), path!),
    ),
  );
  return new Set([...begun, ...imported.filter(isJoined)]);
}

function belongsTo(layer: string, id: string): boolean {
  if (isOwn(id)) return layer === Object.keys(layers)[0];
  return !programs.map(fileOf).includes(id) && reached(layers[layer]!.map(fileOf)).has(id);
}

/** All that comes along with some modules. */
function reached(ids: readonly string[], found = new Set<string>()): ReadonlySet<string> {
  for (const id of ids) {
    if (found.has(id)) continue;
    found.add(id);
    reached(imports.get(id) ?? [], found);
  }
  return found;
}

/** Nobody is to load a second copy of what was joined. */
function dropJoined(chunks: readonly OutputChunk[]): void {
  const written = new Set(chunks.map(({ fileName }) => join(source, fileName)));
  for (const file of files) if (isJoined(file) && !written.has(file)) rmSync(file);
}
