// The server of a verification: the rules' scenes run in this process.
import { randomUUID } from 'node:crypto';
import { release, version } from 'node:os';

import { ComError } from '../../errors/com-error.js';
import { native } from '../../native/addon.js';
import { useAsyncMapping } from '../../registration/async-mapping.js';
import type { SecurityOptions } from '../../security/process-security.js';
import type { ServerCall } from '../../server/server-call.js';
import { createServer } from '../../server/server.js';
import type { Value } from '../../value/value.js';
import { type HostReport, systemPathIsDue } from '../report/report.js';
import { rules } from '../rules/all-rules.js';
import { runRule } from '../scene/run-rule.js';
import type { OtherServer, Stage } from '../scene/stage.js';
import { Arrivals } from './arrivals.js';

import { callerIn } from './caller.js';
import {
  connectToParent,
  endWithParent,
  type Parent,
  type Remote,
  startProcess,
} from './channel.js';
import type {
  CallerFunctions,
  ClientFunctions,
  OtherServerFunctions,
  ServerFunctions,
  VerifyingFunctions,
} from './functions.js';

const [deadline, furtherWitness] = process.argv.slice(2);
endWithParent();

const arrivals = new Arrivals();
const methods = {
  scene: (call: ServerCall, ticket: number) => arrivals.handle(call, ticket),
  echo: (_call: ServerCall, ...args: Value[]) => args,
  fail,
  // The same with a thread for Begin_. Over the bridge the methods above never have one.
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
// The same for clients of a server that has only the synchronous method.
const withoutCallObject = createServer({ clsid: newClsid(), methods, callObject: false });

// Windows finds the call object through the asynchronous mapping.
process.once('exit', await useAsyncMapping());
for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}
await server.listen();
await withoutCallObject.listen();

// The client, which is also a witness, runs the released addon whatever this process runs.
const { ASYNC_COM_PREBUILD: _, ...clientEnv } = process.env;
const { process: clientProcess, remote: client } = await startProcess<ClientFunctions>(
  new URL('./client-process.js', import.meta.url),
  [server.clsid],
  { name: 'the client process', env: clientEnv },
);
clientProcess.once('exit', () => process.exit());

let fault = process.env['ASYNC_COM_FAULT'] ?? 'none';
let caller: Promise<Remote<CallerFunctions>> | undefined;
// One for each kind of security and fault. They end with this process.
const otherServers = new Map<string, Promise<OtherServer>>();

const host: HostReport = {
  windows: `${version()} ${release()}`,
  wine: native.wineVersion(),
  node: process.versions.node,
  arch: process.arch,
  callFactoryOnProxies: await client.hasCallFactory(),
  ticksPerSecond: Number(native.ticksPerSecond()),
  serverProcessId: process.pid,
  clientProcessId: clientProcess.pid ?? 0,
};

const functions: ServerFunctions = {
  rule: (id) => runRule(id, rules, stage, systemPathIsDue(host), Number(deadline)),
  async fault(name) {
    if (native.setFault === undefined) throw new Error('this addon has no faults built in');
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
  close: () => Promise.all([server.close(), withoutCallObject.close()]),
};
const verifying = connectToParent<Parent<HostReport> & Required<VerifyingFunctions>>(functions);

const stage: Stage = {
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

/** Starts the process that makes calls. It runs the addon that this process runs. */
async function startCaller(): Promise<Remote<CallerFunctions>> {
  const { remote } = await startProcess<CallerFunctions>(
    new URL('./caller-process.js', import.meta.url),
    [server.clsid, withoutCallObject.clsid],
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

function newClsid(): string {
  return `{${randomUUID()}}`;
}

function fail(): never {
  throw new ComError('the handler fails as it was asked to', { hresult: 0x80070002 });
}
