import { existsSync } from 'node:fs';

import { isFailure } from '../errors/com-error.js';
import { isClsid } from '../value/identifiers.js';
import { native } from '../native/addon.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import { classInRegistry, proxyStubWith } from '../registration/registered-classes.js';
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
import { placeInWords, readKey, readText, readValue } from '../registration/registry.js';
import { scopeThatIsRead } from '../registration/scope.js';
import { importServers } from '../server/server-module.js';
import { type Check, checkOf, type ClassReport } from './check.js';
import { hresults } from '../errors/hresults.js';

/** Wine 8.0 starts no longer ones. */
const longestOnWine = 260;

/**
 * Looks at a class, or at all of a module, and starts it.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers.
 * @throws Error - it is none of these, or the module has no servers.
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
  if (found[0] === undefined) throw new Error(`there is no class ${name}, and no such file`);
  return [{ clsid: found[0], progId: name }];
}

/** Looks at the keys, and starts nothing. */
export async function checkRegistration(clsid: string, progId: string | null): Promise<Check[]> {
  const { ok, wrong } = checkOf('registration', 'registration');
  const scopes = (['user', 'machine'] as const).filter((scope) => classInRegistry(scope, clsid));
  if (scopes.length === 0) {
    const others = readKey('HKCR', `CLSID\\${clsid}`) !== null;
    return [
      wrong(
        others ? 'by another program, not by async-com' : 'none',
        others ? null : 'COM can start it once it is registered: async-com register.',
      ),
    ];
  }
  const where = scopes.map((scope) => (scope === 'user' ? 'for this user' : 'for this machine'));
  const seen = where.join(' and ');
  const unread = (await scopeThatIsRead()) === 'machine' && !scopes.includes('machine');
  const who =
    native.wineVersion() === null ? 'For an administrator’s process COM reads' : 'This Wine reads';
  return [
    unread ? wrong(seen, `${who} registrations per machine only: --machine.`) : ok(seen),
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
      ? ok('whole')
      : wrong(problems.join('\n'), 'async-com register writes what is missing.'),
    checkCommandLine(scope, one),
  ];
}

/** What should be there where a ProgID is known from elsewhere. */
function withProgIds(one: RegisteredClass, name: string | null): RegisteredClass {
  if (name === null && one.progId === null) return one;
  const [progId, independent] = progIdsOf(one.progId ?? name ?? '');
  return { ...one, progId, versionIndependentProgId: independent };
}

function problemOf(entry: RegistryEntry): string[] {
  const { hive, key, name, data } = entry;
  const found = readValue(hive, key, name);
  if (found === undefined) return [`missing: ${placeInWords(entry)}`];
  if (/\\CLSID$/i.test(key) && String(found).toLowerCase() !== String(data).toLowerCase()) {
    return [`another class: ${placeInWords(entry)} = ${String(found)}`];
  }
  return [];
}

function checkCommandLine(scope: Scope, { clsid, commandLine }: RegisteredClass): Check {
  const { ok, limited, wrong } = checkOf('command-line', `command line in ${hiveOf(scope)}`);
  const args = argumentsOf(commandLine);
  const serve = args.indexOf('serve');
  if (serve < 2 || args[serve + 1] === undefined) {
    if (args[0] !== undefined && existsSync(args[0])) {
      return limited(commandLine, 'It is not async-com serve but a program of its own.');
    }
    return wrong(commandLine || 'none', `It should run async-com serve: ${clsidKey(clsid)}`);
  }
  const files = [args[0], args[serve - 1], args[serve + 1]].map(String);
  const missing = files.filter((file) => !existsSync(file));
  if (missing.length > 0) {
    return wrong(`not there: ${missing.join(', ')}`, 'Register it anew, from where it is now.');
  }
  if (native.wineVersion() !== null && commandLine.length > longestOnWine) {
    return wrong(
      `${String(commandLine.length)} characters long`,
      `Wine starts none of more than ${String(longestOnWine)}: shorter paths are needed.`,
    );
  }
  return ok(commandLine);
}

/** A call to a method that nobody has: every server of async-com has the same answer. */
async function checkAnswer(clsid: string): Promise<Check[]> {
  const start = checkOf('start', 'start');
  const began = performance.now();
  const connected = await native.connect(clsid);
  const took = `started in ${Math.round(performance.now() - began).toString()} ms`;
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
        ? answer.ok(`${code}, as it should for a method that there is not`)
        : answer.wrong(code, 'It is not a server of async-com, or it is ending.'),
      await checkCallPath(connection.hasCallFactory),
    ];
  } finally {
    connection.close();
  }
}

async function checkCallPath(hasCallFactory: boolean): Promise<Check> {
  const { ok, limited } = checkOf('call-path', 'path of its calls');
  const mapped = await hasAsyncMapping();
  if (hasCallFactory && mapped) return ok('the system path');
  return limited(
    'the bridge',
    mapped || native.wineVersion() !== null
      ? 'COM makes no asynchronous call objects for its proxy.'
      : 'The asynchronous mapping is not in the registry: register the server.',
  );
}

function adviceFor(code: string): string | null {
  if (code === 'REGDB_E_CLASSNOTREG') return 'Nobody has the class: register it, or serve it.';
  if (code === 'CO_E_SERVER_EXEC_FAILURE') {
    return 'COM started the program, but no server came of it: run its command line by hand.';
  }
  return null;
}
