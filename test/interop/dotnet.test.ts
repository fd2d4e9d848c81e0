import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import { processToken } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { whyNoDotnet } from '../support/dotnet.js';
import { Program, ProgramFailure } from '../support/program.js';
import { proxyStubDll, registeredProxyStub } from '../support/proxy-stub-registry.js';
import { ended, isRunning, RegisteredModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';
import { wordsOf } from '../support/variant-words.js';
import {
  type Client,
  clients,
  type DotnetClientKind,
  dotnetClientKinds,
  NativeClient,
  serverName,
  started,
} from './peers.js';
import { givesTheSameResults, values } from './same-results.js';

const classNotRegistered = 0x80040154;
const fileNotFound = 0x80070002;
const memberNotFound = 0x80020003;
const noInterface = 0x80004002;

interface Seen {
  readonly args: string[];
  readonly account?: string;
}

/** VARIANTs that only .NET sends, and the closest ones that arrive (docs/values.md). */
const closest: readonly (readonly [sent: string, arrives: string])[] = [
  ['error:80020004', 'empty'], // Type.Missing
  ['i1:-5', 'i4:-5'], // sbyte
  ['ui1:255', 'i4:255'],
  ['i2:-32768', 'i4:-32768'],
  ['ui2:65535', 'i4:65535'],
  ['ui4:4294967295', 'r8:41EFFFFFFFE00000'],
  ['r4:3F000000', 'r8:3FE0000000000000'], // 0.5f
  ['decimal:1.25', 'r8:3FF4000000000000'],
  ['i4[i4:1,i4:-2]', 'i4[i4:1,i4:-2]'], // int[]
  ['r8[r8:3FE0000000000000]', 'r8[r8:3FE0000000000000]'],
  ['bool[true,false]', '[true,false]'],
  ['bstr[bstr:6100,bstr:]', '[bstr:6100,bstr:]'], // string[]
  ['date[date:0000000000000000]', '[date:0000000000000000]'],
];

const title = ({ kind, apartment }: DotnetClientKind) =>
  `a C# client with [${kind}] in an ${apartment}`;

/** The methods that the samples and test/interop/dotnet/powershell/client.ps1 call. */
const sampleMethods = `
  add: (call, a, b) => a + b,
  async whoAmI(call) {
    await call.impersonateClient();
    const { token } = await call.threadToken();
    await call.revertToSelf();
    return token?.user.name;
  },
  echoOne: (call, value) => value,
  fail(call, hresult, text) { throw Object.assign(new Error(text), { hresult }); },
`;

/** Skips the suite if the .NET programs cannot run here. */
function skipWithoutDotnet(context: Mocha.Context): void {
  const reason = whyNoDotnet();
  if (reason !== undefined) skip(context, reason);
}

describe('a TypeScript server', () => {
  const clsid = newClsid();
  let server: Child;

  before(async function () {
    skipWithoutDotnet(this);
    server = await Child.start('interop-server', clsid, serverName);
  });

  after(async () => {
    await (server as Child | undefined)?.[Symbol.asyncDispose]();
  });

  const seen = () => server.ask('seen') as Promise<Seen>;

  for (const how of dotnetClientKinds) {
    describe(`called by ${title(how)}`, () => {
      let client: NativeClient;

      before(async () => {
        client = await NativeClient.startDotnet(how, clsid, proxyStubDll);
      });

      after(async () => {
        await (client as NativeClient | undefined)?.[Symbol.asyncDispose]();
      });

      givesTheSameResults(() => client);

      it('receives the values that the client sends', async () => {
        for (const value of values) {
          const answer = await client.call('echoOne', value);
          assert.ok('value' in answer);
          assert.deepEqual((await seen()).args, [answer.value]);
          assert.equal(answer.value, wordsOf(value));
        }
        await client.call('echo', ...values);
        assert.deepEqual((await seen()).args, values.map(wordsOf));
      });

      it('receives other values if the client sends other values (control)', async () => {
        await client.call('echoOne', 1);
        assert.notDeepEqual((await seen()).args, [wordsOf(2)]);
        await client.call('echo', 1);
        assert.notDeepEqual((await seen()).args, [wordsOf(1), wordsOf(undefined)]);
      });

      it('tells the client the account that it impersonates', async () => {
        const { name } = (await processToken()).user;
        assert.deepEqual(await client.call('whoAmI'), { value: wordsOf(name) });
        assert.equal((await seen()).account, name);
      });

      it('is told that the client has cancelled a call', async () => {
        const { answer, cancel } = client.cancellable('untilCancelled');
        await server.next('held');
        assert.deepEqual(await cancel(), { value: 'i4:0' });
        assert.equal(await server.next('cancelled'), 'RPC_E_CALL_CANCELED');
        // A synchronous client waits for what the handler makes of that.
        assert.deepEqual(await answer, { value: wordsOf('too late') });
      });

      it('is not told of a call that is over (control)', async () => {
        const { answer, cancel } = client.cancellable('echo');
        await answer;
        assert.deepEqual(await cancel(), { value: 'i4:1' });
      });

      it('refuses an interface that its objects do not have', async () => {
        assert.deepEqual(await client.askForUnknown(), { value: `i4:${noInterface | 0}` });
      });

      if (how.kind === 'ComImport') {
        for (const [sent, arrives] of closest) {
          it(`receives ${arrives} when the client sends ${sent}`, async () => {
            assert.deepEqual(await client.callInWords('echoOne', sent), { value: arrives });
            assert.deepEqual((await seen()).args, [arrives]);
          });
        }
      }
    });
  }

  it('is not found by a C# client under another CLSID', async () => {
    for (const how of dotnetClientKinds) {
      await assert.rejects(
        NativeClient.startDotnet(how, newClsid(), proxyStubDll),
        (error) => error instanceof ProgramFailure && error.hresult === classNotRegistered,
        title(how),
      );
    }
  });
});

describe('a registered TypeScript server', function () {
  this.timeout(60_000);
  const progId = 'AsyncCom.Interop';
  let registered: RegisteredModule;

  before(async function () {
    skipWithoutDotnet(this);
    const found = await registeredProxyStub();
    if (found !== undefined) skip(this, `the proxy/stub is registered here already: ${found}`);
    registered = await RegisteredModule.register(
      {
        progId,
        serveOptions: { idle: 0, linger: 50 },
        methods: sampleMethods,
      },
      { proxyStub: proxyStubDll },
    );
  });

  after(async () => {
    await (registered as RegisteredModule | undefined)?.[Symbol.asyncDispose]();
  });

  for (const how of dotnetClientKinds) {
    it(`is started by COM for ${title(how)}, and ends after it`, async () => {
      const client = await NativeClient.startDotnet(how, registered.clsid, 'registered');
      assert.deepEqual(await client.call('add', 2, 3), { value: 'i4:5' });
      const answer = await client.call('pid');
      assert.ok('value' in answer);
      const pid = Number(answer.value.split(':')[1]);
      assert.ok(isRunning(pid));
      await client[Symbol.asyncDispose]();
      await ended(pid);
    });
  }

  it('answers the C# sample of docs/clients.md', async () => {
    const { name } = (await processToken()).user;
    const { code, lines } = await Program.runDotnet('sample', progId);
    assert.deepEqual(lines, ['5', name]);
    assert.equal(code, 0);
  });

  describe('called by a PowerShell script', () => {
    let lines: Record<string, unknown>[];

    before(async () => {
      const [script, sample] = ['powershell/client.ps1', 'sample/sample.ps1'].map((file) =>
        resolve('test/interop/dotnet', file),
      );
      const run = await Program.runDotnet('powershell', script ?? '', sample ?? '', progId);
      lines = run.lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.equal(run.code, 0);
    });

    it('answers the PowerShell sample of docs/clients.md', async () => {
      const { name } = (await processToken()).user;
      assert.deepEqual(lines[0], { sample: [5, name] });
    });

    for (const [type, value] of [
      ['String', 'héé ☃'],
      ['Int32', 42],
      ['Double', 0.5],
      ['Boolean', true],
      ['null', null],
      ['DBNull', null],
      ['Int64', Number.MAX_SAFE_INTEGER],
      ['Byte[]', [0, 255]],
      ['Object[]', [1, 'two', [false]]],
      ['DateTime', '2024-02-29T12:34:56.789'],
    ] as const) {
      it(`returns a value of the type ${type} unchanged`, () => {
        const line = lines.find((one) => one['method'] === 'echoOne' && one['type'] === type);
        assert.deepEqual(line, { method: 'echoOne', arguments: [value], value: [value], type });
      });
    }

    it('reports the HRESULT, the source and the description of a handler that fails', () => {
      assert.deepEqual(
        lines.find(({ method }) => method === 'fail'),
        {
          method: 'fail',
          arguments: [fileNotFound | 0, 'sorry'],
          hresult: fileNotFound,
          source: progId,
          message: 'sorry',
        },
      );
    });

    it('reports DISP_E_MEMBERNOTFOUND for a method that does not exist', () => {
      const line = lines.find(({ method }) => method === 'nope');
      assert.equal(line?.['hresult'], memberNotFound);
      assert.ok(!('value' in line));
    });
  });

  it('is not found by a PowerShell script under another ProgID (control)', async () => {
    const script = resolve('test/interop/dotnet/sample/sample.ps1');
    const { code, lines } = await Program.runDotnet('powershell', script, 'AsyncCom.Nobody');
    assert.equal(code, 1);
    assert.match(lines.join('\n'), /^error: .* 80040154 /);
  });
});

describe('a .NET server', () => {
  const clsid = newClsid();
  let server: Program;

  before(async function () {
    skipWithoutDotnet(this);
    server = await Program.startDotnet('server', clsid, proxyStubDll, serverName);
  });

  after(async () => {
    await (server as Program | undefined)?.[Symbol.asyncDispose]();
  });

  const dotnetClients = dotnetClientKinds.map((how) => ({
    name: title(how),
    start: () => NativeClient.startDotnet(how, clsid, proxyStubDll),
  }));
  for (const caller of [...clients, ...dotnetClients]) {
    describe(`called by ${caller.name}`, () => {
      let client: Client;

      before(async function () {
        client = await started(this, caller, clsid, proxyStubDll);
      });

      after(async () => {
        await (client as Client | undefined)?.[Symbol.asyncDispose]();
      });

      givesTheSameResults(() => client);
    });
  }
});
