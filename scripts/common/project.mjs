// Where the project's folders are. Set-up writes only inside the project's folder, where git
// ignores it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const cache = join(root, '.cache');
export const onWindows = process.platform === 'win32';

/** @param {...string} parts */
export const inRoot = (...parts) => join(root, ...parts);

/** @param {...string} parts */
export const inCache = (...parts) => join(cache, ...parts);
