import { asyncMappingEntries, bookKey, hiveOf, methodCallIid } from './entries.js';
import { planRemoval, readKey, readText, remove, writeEntries } from './registry.js';
import { scopeThatIsRead } from './scope.js';

/** Whether COM knows the asynchronous form of IMethodCall: without it every call takes the bridge. */
export async function hasAsyncMapping(): Promise<boolean> {
  const key = `Interface\\${methodCallIid}\\AsynchronousInterface`;
  const text =
    (await scopeThatIsRead()) === 'user'
      ? readText('HKCR', key)
      : readText('HKLM', `Software\\Classes\\${key}`);
  return text !== undefined;
}

/**
 * Writes the mapping where COM reads it for this process, unless somebody has.
 *
 * @returns What takes it away again.
 * @throws ComError - the registry refused.
 */
export async function addAsyncMapping(): Promise<() => void> {
  if (await hasAsyncMapping()) return () => undefined;
  const scope = await scopeThatIsRead();
  const entries = asyncMappingEntries(scope);
  writeEntries(entries);
  return () => {
    // Somebody may have registered a server meanwhile, which needs it.
    if (readKey(hiveOf(scope), bookKey) === null) remove(planRemoval(entries));
  };
}
