// The server of a verification: a COM server whose one method plays the rules' scenes.
import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import { release, version } from 'node:os';

import { native } from '../native.js';
import { createServer } from '../server.js';
import type { ServerCall } from '../server-call.js';
import type { ThreadToken } from '../token.js';
import { Asker, answer, forkProcess, parentChannel } from './ipc.js';
import type { Sighting } from './observation.js';
import type { HostReport } from './report.js';
import { rules } from './rules.js';
import { runRule } from './run-rule.js';
import type { HeldCall, Stage } from './scene.js';

const channel = parentChannel();
channel.on('disconnect', () => process.exit());
const verification = new Asker(channel, 'verifying');
const [furtherWitness] = process.argv.slice(2);

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
  incomingCall() {
    const ticket = ++lastTicket;
    return new Promise<HeldCall>((resolve, reject) => {
      let letHandlerGo!: () => void;
      const held = new Promise<void>((settle) => {
        letHandlerGo = settle;
      });
      const answered = client.ask('call', ticket).finally(() => arrivals.delete(ticket));
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
      : (threadId) => verification.ask<Sighting>('look', threadId),
};

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
  },
  collectGarbage: () => {
    if (globalThis.gc === undefined)
      throw new Error('this process was not started with --expose-gc');
    globalThis.gc();
  },
  close: () => server.close(),
});
channel.send(host);
