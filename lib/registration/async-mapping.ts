import { asyncMappingEntries, bookKey, methodCallIid } from './entries.js';
import { planRemoval, readKey, readText, remove, writeEntries } from './registry.js';

/** Whether COM knows the asynchronous form of IMethodCall: without it every call takes the bridge. */
export function hasAsyncMapping(): boolean {
  return readText('HKCR', `Interface\\${methodCallIid}\\AsynchronousInterface`) !== undefined;
}

/**
 * Writes the mapping for this user where nobody has.
 *
 * @returns What takes it away again.
 * @throws ComError - the registry refused.
 */
export function addAsyncMapping(): () => void {
  if (hasAsyncMapping()) return () => undefined;
  const entries = asyncMappingEntries('user');
  writeEntries(entries);
  return () => {
    // Somebody may have registered a server meanwhile, which needs it.
    if (readKey('HKCU', bookKey) === null) remove(planRemoval(entries));
  };
}
