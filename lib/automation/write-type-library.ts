import { ComError, isFailure } from '../errors/com-error.js';
import { errorOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import { contentsOf } from './library-contents.js';
import type { TypeLibraryDescription } from './type-library.js';

/**
 * Writes a type library to a file, which is replaced if it exists. On one host the same description
 * always gives the same bytes.
 *
 * @throws TypeError - When a default value is not of the parameter's type. The message names the
 *   parameter.
 * @throws ComError - When the host cannot make the library, or cannot write the file. The message
 *   names what the failure is about: a class, a member, or the library.
 */
export async function writeTypeLibrary(
  library: TypeLibraryDescription,
  file: string,
): Promise<void> {
  const outcome = await native.writeTypeLibrary(contentsOf(library), file);
  if (isFailure(outcome.hresult)) {
    const { hresult, message } = errorOf(outcome);
    throw new ComError(`${outcome.value ?? library.name}: ${message}`, { hresult });
  }
}
