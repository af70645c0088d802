import { register } from 'node:module';
import { pathToFileURL } from 'node:url';

/*
 * The library's own gradients. Its packages for Node leave them out, and what they publish
 * beside is written for bundlers: modules whose imports have no extension. A hook adds it, for
 * imports within the package only; the code that runs is what was published.
 */

const hook = `
  const inside = /@tensorflow.tfjs-core.dist/;
  export function resolve(name, context, next) {
    const bare = name.startsWith('.') && !name.endsWith('.js') && inside.test(context.parentURL);
    return next(bare ? name + '.js' : name, context);
  }
`;

/** Registers the gradients of kernels, by name, as tf.registerGradient is documented. */
export async function loadGradients(tf, require, kernels) {
  register(`data:text/javascript,${encodeURIComponent(hook)}`);
  const modules = await Promise.all(
    kernels.map((kernel) => {
      const path = require.resolve(`@tensorflow/tfjs-core/dist/gradients/${kernel}_grad.js`);
      return import(pathToFileURL(path).href);
    }),
  );
  for (const module of modules) {
    for (const config of Object.values(module)) tf.registerGradient(config);
  }
}
