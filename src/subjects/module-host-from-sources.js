// Node 20 does not run `--import` in a thread, so there the translator is registered by hand.
import { register } from 'tsx/esm/api';

register();
await import('./module-host.ts');
