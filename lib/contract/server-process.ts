// The server of a verification: a COM server whose one method plays the rules' scenes.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { release, version } from 'node:os';

import { native } from '../native.js';
import type { SecurityOptions } from '../security.js';
import { createServer } from '../server.js';
import type { ServerCall } from '../server-call.js';
import type { ThreadToken } from '../token.js';
import { Asker, answer, forkProcess, parentChannel } from './ipc.js';
import type { HostReport } from './report.js';
import { rules } from './rules.js';
import { runRule } from './run-rule.js';
import type { HeldCall, OtherServer, Stage } from './scene.js';

const channel = parentChannel();
channel.on('disconnect', () => process.exit());

const arrivals = new Map<number, (call: ServerCall) => Promise<void>>();
const server = createServer({
  clsid: `{${randomUUID()}}`,
  methods: {
    // Held until the scene lets it go.
    scene: (call, ticket: number) => arrivals.get(ticket)?.(call),
  },
});

// Windows finds the call object through these keys; they are taken away as the process ends.
if (native.addAsyncMapping()) {
  process.once('exit', () => {
    native.removeAsyncMapping();
  });
}
await server.listen();

// The client, and with it the witness, runs the released addon whatever this process runs.
const { ASYNC_COM_PREBUILD: _, ...clientEnv } = process.env;
const clientProcess = forkProcess('./client-process.js', [server.clsid], clientEnv);
const client = new Asker(clientProcess, 'client');
clientProcess.once('exit', () => process.exit());
await once(clientProcess, 'message');

let lastTicket = 0;

const stage: Stage = {
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
};

// One for each kind of security and fault; they end with this process.
const otherServers = new Map<string, Promise<OtherServer>>();
let fault = process.env['ASYNC_COM_FAULT'] ?? 'none';

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
  await Promise.race([
    once(other, 'message'),
    once(other, 'exit').then(([code]) => {
      throw new Error(`the other server process ended with exit code ${String(code)}`);
    }),
  ]);
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
  rule: (id: string) => {
    const rule = rules.find((one) => one.id === id);
    if (rule === undefined) throw new Error(`there is no rule ${id}`);
    return runRule(rule, stage, hasCallFactory);
  },
  fault: (name: string) => {
    if (native.setFault === undefined) throw new Error('this addon has no faults built in');
    native.setFault(name);
    fault = name;
  },
  collectGarbage: () => {
    if (globalThis.gc === undefined)
      throw new Error('this process was not started with --expose-gc');
    globalThis.gc();
  },
  close: () => server.close(),
});
channel.send(host);
