// The server of a verification. The scenes of the rules run in this process.

import { ComError } from '../../errors/com-error.js';
import { native } from '../../native/addon.js';
import { windowsVersion } from '../../native/windows-version.js';
import { useAsyncMapping } from '../../registration/async-mapping.js';
import type { SecurityOptions } from '../../security/process-security.js';
import type { ServerCall } from '../../server/server-call.js';
import { createServer } from '../../server/server.js';
import { newClsid } from '../../value/identifiers.js';
import type { Value } from '../../value/value.js';
import { type ClientKind, type HostReport, onDouble, systemPathIsDue } from '../report/report.js';
import { rules } from '../rules/all-rules.js';
import { runRule } from '../scene/run-rule.js';
import type { OtherServer, SceneProcesses } from '../scene/scene-processes.js';
import { Arrivals } from './arrivals.js';

import { callerIn } from './remote-caller.js';
import {
  connectToParent,
  endWithParent,
  type Parent,
  type Remote,
  startProcess,
} from '../../ipc/channel.js';
import type {
  CallerFunctions,
  ClientFunctions,
  OtherServerFunctions,
  ServerFunctions,
  VerifyingFunctions,
} from './functions.js';

const [deadline, clientKind = 'method-call', furtherWitness] = process.argv.slice(2);
endWithParent();

const arrivals = new Arrivals();
const methods = {
  scene(call: ServerCall, ticket: number) {
    // Only automation clients give a locale.
    if ((call.lcid !== null) !== (clientKind === 'automation')) {
      throw new Error(`the call does not come from a client of the kind ${clientKind}`);
    }
    return arrivals.handle(call, ticket);
  },
  echo: (_call: ServerCall, ...args: Value[]) => args,
  fail,
  // The same with a thread lent for Begin_. Over the bridge, no thread is lent for the methods
  // above.
  async echoOnThread(call: ServerCall, ...args: Value[]) {
    await call.threadId();
    return args;
  },
  async failOnThread(call: ServerCall) {
    await call.threadId();
    fail();
  },
};
const server = createServer({ clsid: newClsid(), methods });
// A server with the same methods that has no call object for the asynchronous interface.
const withoutCallObject = createServer({ clsid: newClsid(), methods, callObject: false });
const busy = createServer({ clsid: newClsid(), methods, maxCalls: 1 });

// Windows finds the call object through the asynchronous mapping.
process.once('exit', await useAsyncMapping());
for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}
await server.listen();
await withoutCallObject.listen();
await busy.listen();

// The client is also a witness. It always runs the released addon, even if this process runs the
// test addon.
const { ASYNC_COM_PREBUILD: _, ...clientEnv } = process.env;
const { process: clientProcess, remote: client } = await startProcess<ClientFunctions>(
  new URL('./client-process.js', import.meta.url),
  [server.clsid, clientKind],
  { name: 'the client process', env: clientEnv },
);
clientProcess.once('exit', () => process.exit());

let fault = process.env['ASYNC_COM_FAULT'] ?? 'none';
let caller: Promise<Remote<CallerFunctions>> | undefined;
// One server process for each pair of security options and fault. They end with this process.
const otherServers = new Map<string, Promise<OtherServer>>();

const host: HostReport = {
  windows: windowsVersion(),
  wine: native.wineVersion(),
  node: process.versions.node,
  arch: process.arch,
  double: native.doubleOfCom?.() ?? null,
  client: clientKind as ClientKind,
  callFactoryOnProxies: await client.hasCallFactory(),
  ticksPerSecond: Number(native.ticksPerSecond()),
  serverProcessId: process.pid,
  clientProcessId: clientProcess.pid ?? 0,
};

const functions: ServerFunctions = {
  async rule(id) {
    const run = await runRule(id, rules, processes, systemPathIsDue(host), Number(deadline));
    return host.double === null ? run : { ...run, report: onDouble(run.report) };
  },
  async fault(name) {
    if (native.setFault === undefined) throw new Error('only the test addon has faults');
    native.setFault(name);
    fault = name;
    await (await caller)?.fault(name);
  },
  collectGarbage() {
    if (globalThis.gc === undefined) {
      throw new Error('this process was not started with --expose-gc');
    }
    globalThis.gc();
  },
  close: () => Promise.all([server.close(), withoutCallObject.close(), busy.close()]),
};
const verifying = connectToParent<Parent<HostReport> & Required<VerifyingFunctions>>(functions);

const processes: SceneProcesses = {
  client,
  wine: native.wineVersion(),
  expectCall: () => arrivals.expect(),
  incomingCall: (prepared) => arrivals.of((ticket) => client.call(ticket, prepared)),
  watchCalls(arrived) {
    server.on('call', arrived);
    return () => server.off('call', arrived);
  },
  async caller() {
    caller ??= startCaller();
    return callerIn(await caller);
  },
  probe: () => native.probeCallFactory(),
  otherServer(security) {
    const key = JSON.stringify([security, fault]);
    const known = otherServers.get(key) ?? startOtherServer(security);
    otherServers.set(key, known);
    return known;
  },
  seenFromOtherProcess: (threadId) => client.look(threadId),
  seenByFurtherWitness:
    furtherWitness === undefined ? null : (threadId) => verifying.look(threadId),
};
await verifying.ready.asEvent(host);

/** Starts the caller process. It runs the same addon as this process. */
async function startCaller(): Promise<Remote<CallerFunctions>> {
  const { remote } = await startProcess<CallerFunctions>(
    new URL('./caller-process.js', import.meta.url),
    [server.clsid, withoutCallObject.clsid, busy.clsid],
    { name: 'the caller process' },
  );
  await remote.fault(fault);
  return remote;
}

async function startOtherServer(security: SecurityOptions): Promise<OtherServer> {
  const clsid = newClsid();
  const { remote } = await startProcess<OtherServerFunctions>(
    new URL('./other-server-process.js', import.meta.url),
    [clsid, JSON.stringify(security)],
    { name: 'the other server process', env: { ...process.env, ASYNC_COM_FAULT: fault } },
  );
  return { clsid, handlersRun: () => remote.handlersRun() };
}

function fail(): never {
  throw new ComError('the handler failed as requested', { hresult: 0x80070002 });
}
