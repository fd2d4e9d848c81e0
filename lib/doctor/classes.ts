import { existsSync } from 'node:fs';

import { isFailure } from '../errors/com-error.js';
import { isClsid } from '../value/identifiers.js';
import { native } from '../native/addon.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import { proxyStubWith } from '../registration/record.js';
import { classInRegistry } from '../registration/registered-classes.js';
import { hasAsyncMapping } from '../registration/async-mapping.js';
import { argumentsOf } from '../registration/command-line.js';
import {
  asyncMappingEntries,
  classEntries,
  clsidKey,
  hiveOf,
  progIdKey,
  progIdsOf,
  proxyStubEntries,
  type RegisteredClass,
  type RegistryEntry,
  type Scope,
} from '../registration/entries.js';
import { isSame, placeInWords, readKey, readText, readValue } from '../registration/registry.js';
import { scopeThatIsRead } from '../registration/scope.js';
import { importServers } from '../server/server-module.js';
import { type Check, checkOf, type ClassReport } from './check.js';
import { hresults } from '../errors/hresults.js';

/** The number of characters in the longest command line that Wine 8.0 starts. */
const longestOnWine = 260;

/**
 * Checks a class, or all classes of a module. COM starts each server.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers.
 * @throws Error - `name` is none of these, or the module has no servers.
 */
export async function checkClasses(name: string): Promise<ClassReport[]> {
  const reports: ClassReport[] = [];
  for (const { clsid, progId } of await classesOf(name)) {
    const registered = await checkRegistration(clsid, progId);
    reports.push({ clsid, checks: [...registered, ...(await checkAnswer(clsid))] });
  }
  return reports;
}

interface NamedClass {
  readonly clsid: string;
  readonly progId: string | null;
}

async function classesOf(name: string): Promise<readonly NamedClass[]> {
  if (isClsid(name)) return [{ clsid: name, progId: null }];
  if (existsSync(name)) return (await importServers(name)).servers;
  const found = (['HKCU', 'HKLM'] as const).flatMap(
    (hive) => readText(hive, `${progIdKey(name)}\\CLSID`) ?? [],
  );
  if (found[0] === undefined) {
    if (isClsid(`{${name}}`)) throw new Error(`a CLSID must be in braces: {${name}}`);
    throw new Error(`${name} is neither a CLSID, nor a registered ProgID, nor a file`);
  }
  return [{ clsid: found[0], progId: name }];
}

/** Checks the registry keys of a class. Starts no server. */
export async function checkRegistration(clsid: string, progId: string | null): Promise<Check[]> {
  const { ok, wrong } = checkOf('registration', 'registration');
  const scopes = (['user', 'machine'] as const).filter((scope) => classInRegistry(scope, clsid));
  if (scopes.length === 0) {
    const others = readKey('HKCR', `CLSID\\${clsid}`) !== null;
    return [
      wrong(
        others ? 'registered by another program, not by async-com' : 'not registered',
        others
          ? null
          : 'Register the server with `async-com register`. COM starts only registered servers.',
      ),
    ];
  }
  const where = scopes.map((scope) => (scope === 'user' ? 'for this user' : 'for this machine'));
  const seen = where.join(' and ');
  const unread = (await scopeThatIsRead()) === 'machine' && !scopes.includes('machine');
  const what = 'reads only per-machine registrations';
  const whoReads =
    native.wineVersion() === null
      ? `For a process of an administrator, COM ${what}`
      : `This Wine ${what}`;
  return [
    unread
      ? wrong(seen, `${whoReads}. Register the server with \`async-com register --machine\`.`)
      : ok(seen),
    ...scopes.flatMap((scope) => checkWhole(scope, clsid, progId)),
  ];
}

function checkWhole(scope: Scope, clsid: string, progId: string | null): Check[] {
  const inRegistry = classInRegistry(scope, clsid);
  if (inRegistry === null) return [];
  const one = withProgIds(inRegistry, progId);
  const { ok, wrong } = checkOf('keys', `keys in ${hiveOf(scope)}`);
  const dll = proxyStubWith(scope, clsid);
  const problems = [
    ...classEntries(scope, one),
    ...asyncMappingEntries(scope),
    ...(dll === null ? [] : proxyStubEntries(scope, dll)),
  ].flatMap(problemOf);
  return [
    problems.length === 0
      ? ok('complete')
      : wrong(
          problems.map(({ text }) => text).join('\n'),
          problems.some(({ isForeign }) => isForeign)
            ? 'Choose another ProgID. `async-com register` does not take one from another class.'
            : 'Register the server again with `async-com register`. It writes the missing values.',
        ),
    checkCommandLine(scope, one),
  ];
}

/** The class with the ProgIDs that it should have if the registry or the module names one. */
function withProgIds(one: RegisteredClass, name: string | null): RegisteredClass {
  if (name === null && one.progId === null) return one;
  const [progId, independent] = progIdsOf(one.progId ?? name ?? '');
  return { ...one, progId, versionIndependentProgId: independent };
}

/** What is wrong with a value that should be there. `isForeign`: another program owns it. */
interface KeyProblem {
  readonly text: string;
  readonly isForeign: boolean;
}

function problemOf(entry: RegistryEntry): KeyProblem[] {
  const { hive, key, name, data } = entry;
  const found = readValue(hive, key, name);
  if (found === undefined) {
    return [{ text: `missing: ${placeInWords(entry)}`, isForeign: false }];
  }
  if (/\\CLSID$/i.test(key) && !isSame(String(found), String(data))) {
    const text = `names another class: ${placeInWords(entry)} = ${String(found)}`;
    return [{ text, isForeign: true }];
  }
  return [];
}

function checkCommandLine(scope: Scope, { clsid, commandLine }: RegisteredClass): Check {
  const { ok, limited, wrong } = checkOf('command-line', `command line in ${hiveOf(scope)}`);
  const args = argumentsOf(commandLine);
  const serve = args.indexOf('serve');
  if (serve < 2 || args[serve + 1] === undefined) {
    if (args[0] !== undefined && existsSync(args[0])) {
      return limited(commandLine, 'This is a program of its own, not `async-com serve`.');
    }
    return wrong(
      commandLine || 'none',
      `It should run \`async-com serve\`. It is in ${clsidKey(clsid)}.`,
    );
  }
  const files = [args[0], args[serve - 1], args[serve + 1]].map(String);
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    return wrong(
      `missing: ${missing.join(', ')}`,
      'Register the server again from the folder that it is in now.',
    );
  }
  if (native.wineVersion() !== null && commandLine.length > longestOnWine) {
    return wrong(
      `${String(commandLine.length)} characters long`,
      `Wine starts no command line of more than ${String(longestOnWine)} characters. Use shorter ` +
        'paths.',
    );
  }
  return ok(commandLine);
}

/** Calls a method that no server has. Every server of async-com gives the same answer. */
async function checkAnswer(clsid: string): Promise<Check[]> {
  const start = checkOf('start', 'start');
  const began = performance.now();
  const connected = await native.connect(clsid);
  const took = `connected in ${Math.round(performance.now() - began).toString()} ms`;
  if (isFailure(connected.hresult)) {
    return [start.wrong(errorOf(connected).message, adviceFor(connected.code))];
  }
  const connection = valueOf(connected);
  try {
    const answer = checkOf('answer', 'answer');
    const { hresult, code } = await connection.call('async-com doctor: no such method', []);
    return [
      start.ok(took),
      hresult === hresults.DISP_E_MEMBERNOTFOUND
        ? answer.ok(`${code}, as expected for a method that does not exist`)
        : answer.wrong(code, 'The server is not one of async-com, or it is closing.'),
      await checkCallPath(connection.hasCallFactory),
    ];
  } finally {
    connection.close();
  }
}

async function checkCallPath(hasCallFactory: boolean): Promise<Check> {
  const { ok, limited } = checkOf('call-path', 'path of calls');
  const mapped = await hasAsyncMapping();
  if (hasCallFactory && mapped) return ok('the system path');
  return limited(
    'the bridge',
    mapped || native.wineVersion() !== null
      ? 'COM offers no asynchronous calls on the proxy of this server.'
      : 'The asynchronous mapping is not in the registry. Register the server.',
  );
}

function adviceFor(code: string): string {
  if (code === 'REGDB_E_CLASSNOTREG') {
    return 'No server has this class. Use `async-com register` or `async-com serve`.';
  }
  if (code === 'E_ACCESSDENIED') {
    return 'This account may not start or call the server: see its access and launch permissions.';
  }
  return 'The program may have ended before it was a server. To see why, run its command line by hand.';
}
