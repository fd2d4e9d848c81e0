// The server of a verification: a COM server whose one method plays the rules' scenes.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { release, version } from 'node:os';

import { ComError } from '../com-error.js';
import { native } from '../native.js';
import { addAsyncMapping } from '../registration/async-mapping.js';
import type { SecurityOptions } from '../security.js';
import { createServer } from '../server.js';
import type { ServerCall } from '../server-call.js';
import type { ThreadToken } from '../token-description.js';
import type { Value } from '../value.js';
import { Caller } from './caller.js';
import { Asker, answer, firstMessage, forkProcess, parentChannel } from './ipc.js';
import type { PlainThreadToken } from './observation.js';
import { type HostReport, systemPathIsDue } from './report.js';
import { rules } from './rules.js';
import { runRule } from './run-rule.js';
import type { ExpectedCall, HeldCall, OtherServer, Stage } from './scene.js';

const channel = parentChannel();
channel.on('disconnect', () => process.exit());
const verification = new Asker(channel, 'verifying');
const [deadline, furtherWitness] = process.argv.slice(2);

const arrivals = new Map<number, (call: ServerCall) => Promise<void>>();
const methods = {
  // Held until the scene lets it go.
  scene: (call: ServerCall, ticket: number) => arrivals.get(ticket)?.(call),
  echo: (_call: ServerCall, ...args: Value[]) => args,
  fail,
  // The same with a thread for Begin_, which over the bridge the others never have.
  async echoOnThread(call: ServerCall, ...args: Value[]) {
    await call.threadId();
    return args;
  },
  async failOnThread(call: ServerCall) {
    await call.threadId();
    fail();
  },
};
const server = createServer({ clsid: `{${randomUUID()}}`, methods });
// The same for clients of a server that has the synchronous method alone.
const withoutCallObject = createServer({
  clsid: `{${randomUUID()}}`,
  methods,
  callObject: false,
});

// Windows finds the call object through these keys; they are taken away as the process ends.
process.once('exit', await addAsyncMapping());
for (const signal of ['SIGINT', 'SIGBREAK', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(1));
}
await server.listen();
await withoutCallObject.listen();

// The client, and with it the witness, runs the released addon whatever this process runs.
const { ASYNC_COM_PREBUILD: _, ...clientEnv } = process.env;
const clientProcess = forkProcess('./client-process.js', [server.clsid], clientEnv);
const client = new Asker(clientProcess, 'client');
clientProcess.once('exit', () => process.exit());
await once(clientProcess, 'message');

let lastTicket = 0;
let fault = process.env['ASYNC_COM_FAULT'] ?? 'none';

let caller: Promise<{ asker: Asker; caller: Caller }> | undefined;

/** Starts the process that makes calls, which runs what this process runs. */
async function startCaller(): Promise<{ asker: Asker; caller: Caller }> {
  const { clsid } = withoutCallObject;
  const callerProcess = forkProcess('./caller-process.js', [server.clsid, clsid], process.env);
  const asker = new Asker(callerProcess, 'caller');
  await firstMessage(callerProcess, 'caller');
  await asker.ask('fault', fault);
  return { asker, caller: new Caller(asker) };
}

function expectCall(): ExpectedCall {
  const ticket = ++lastTicket;
  const arrived = new Promise<HeldCall>((resolve) => {
    arrivals.set(ticket, (call) => {
      arrivals.delete(ticket);
      return new Promise<void>((letHandlerGo) => {
        resolve({
          call,
          letGo: () => {
            letHandlerGo();
            return Promise.resolve();
          },
        });
      });
    });
  });
  return { ticket, arrived };
}

const stage: Stage = {
  expectCall,
  watchCalls(arrived) {
    server.on('call', arrived);
    return () => server.off('call', arrived);
  },
  async caller() {
    caller ??= startCaller();
    return (await caller).caller;
  },
  probe: () => native.probeCallFactory(),
  wine: native.wineVersion(),
  askClient: (what, argument) => client.ask(what, argument),
  otherServer,
  incomingCall(id) {
    const ticket = ++lastTicket;
    return new Promise<HeldCall>((resolve, reject) => {
      let letHandlerGo!: () => void;
      const held = new Promise<void>((settle) => {
        letHandlerGo = settle;
      });
      const answered = client.ask('call', { ticket, id }).finally(() => arrivals.delete(ticket));
      answered.catch(reject);
      arrivals.set(ticket, (call) => {
        resolve({
          call,
          letGo: async () => {
            letHandlerGo();
            await answered;
          },
        });
        return held;
      });
    });
  },
  seenFromOtherProcess: (threadId) => client.ask<ThreadToken>('look', threadId),
  seenByFurtherWitness:
    furtherWitness === undefined
      ? null
      : (threadId) => verification.ask<PlainThreadToken>('look', threadId),
};

// One for each kind of security and fault; they end with this process.
const otherServers = new Map<string, Promise<OtherServer>>();

function otherServer(security: SecurityOptions): Promise<OtherServer> {
  const key = JSON.stringify([security, fault]);
  const known = otherServers.get(key) ?? startOtherServer(security);
  otherServers.set(key, known);
  return known;
}

async function startOtherServer(security: SecurityOptions): Promise<OtherServer> {
  const otherClsid = `{${randomUUID()}}`;
  const other = forkProcess('./other-server-process.js', [otherClsid, JSON.stringify(security)], {
    ...process.env,
    ASYNC_COM_FAULT: fault,
  });
  const asker = new Asker(other, 'other server');
  await firstMessage(other, 'other server');
  return { clsid: otherClsid, handlersRun: () => asker.ask<number>('handlersRun') };
}

const hasCallFactory = await client.ask<boolean>('hasCallFactory');

const host: HostReport = {
  windows: `${version()} ${release()}`,
  wine: native.wineVersion(),
  node: process.versions.node,
  arch: process.arch,
  callFactoryOnProxies: hasCallFactory,
  ticksPerSecond: Number(native.ticksPerSecond()),
  serverProcessId: process.pid,
  clientProcessId: clientProcess.pid ?? 0,
};

answer(channel, {
  rule: (id: string) => runRule(id, rules, stage, systemPathIsDue(host), Number(deadline)),
  fault: async (name: string) => {
    if (native.setFault === undefined) throw new Error('this addon has no faults built in');
    native.setFault(name);
    fault = name;
    await (await caller)?.asker.ask('fault', name);
  },
  collectGarbage: () => {
    if (globalThis.gc === undefined)
      throw new Error('this process was not started with --expose-gc');
    globalThis.gc();
  },
  close: () => Promise.all([server.close(), withoutCallObject.close()]),
});
channel.send(host);

function fail(): never {
  throw new ComError('the handler fails as it was asked to', { hresult: 0x80070002 });
}
