import assert from 'node:assert/strict';

import { connect } from 'async-com';

import { Child } from '../support/child.js';
import { Program } from '../support/program.js';
import { newClsid } from '#lib/value/identifiers.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { until } from '../support/until.js';
import { NativeClient, serverName } from './peers.js';

const typeMismatch = 0x80020005;

const refused: readonly (readonly [sent: string, why: RegExp])[] = [
  ['matrix', /^arguments\[1\] is an array of more than one dimension$/],
  ['bytematrix', /^arguments\[1\] is an array of more than one dimension$/],
  [
    'mismatch',
    /^arguments\[1\] is an array that cannot be read: SafeArrayGetVartype failed with DISP_E_/,
  ],
  ['[i4:1,bytematrix]', /^arguments\[1\]\[1\] is an array of more than one dimension$/],
  ['error:80004005', /^arguments\[1\] is a VARIANT of type 10/],
  ['[i4:1,matrix]', /^arguments\[1\]\[1\] is an array of more than one dimension$/],
];

/** VARIANTs that only other clients send, and the closest ones that arrive (lib/value/value.ts). */
const closest: readonly (readonly [sent: string, arrives: string])[] = [
  ['i1:-5', 'i4:-5'],
  ['ui1:255', 'i4:255'],
  ['i2:-32768', 'i4:-32768'],
  ['ui2:65535', 'i4:65535'],
  ['ui4:4294967295', 'r8:41EFFFFFFFE00000'],
  ['int:-1', 'i4:-1'],
  ['uint:7', 'i4:7'],
  ['ui8:5', 'i8:5'],
  ['r4:3F000000', 'r8:3FE0000000000000'], // 0.5
  ['r8:4000000000000000', 'i4:2'],
  ['cy:12500', 'r8:3FF4000000000000'], // 1.25
  ['error:80020004', 'empty'], // an argument that was left out
  ['i4[]', '[]'],
  ['i4[i4:1,i4:-2]', '[i4:1,i4:-2]'],
  ['r8[r8:3FE0000000000000]', '[r8:3FE0000000000000]'],
  ['bstr[bstr:6100,bstr:]', '[bstr:6100,bstr:]'],
  ['bool[true,false]', '[true,false]'],
  ['date[date:0000000000000000]', '[date:0000000000000000]'],
  ['[i2:1,[ui1:2,i4[i4:3]]]', '[i4:1,[i4:2,[i4:3]]]'],
];

describe('a VARIANT that a TypeScript client does not send', () => {
  const clsid = newClsid();
  let server: Child;
  let client: NativeClient;

  before(async () => {
    server = await Child.start('interop-server', clsid, serverName);
    client = await NativeClient.start('sync_client', clsid, proxyStubDll);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  for (const [sent, arrives] of closest) {
    it(`arrives as ${arrives} when a C++ client sends ${sent}`, async () => {
      assert.deepEqual(await client.callInWords('echoOne', sent), { value: arrives });
    });
  }

  for (const [sent, why] of refused) {
    it(`is refused with an error that names the argument: ${sent}`, async () => {
      const answer = await client.callInWords('echo', 'null', sent);
      assert.ok('handler' in answer);
      assert.equal(answer.handler, typeMismatch);
      assert.match(answer.description, why);
      assert.deepEqual(await client.callInWords('echo', 'null'), { value: '[null]' });
    });
  }
});

describe('an object that a native server returns', () => {
  for (const [method, refusal] of [
    ['objectBesideMatrix', /^the result\[0\] is an array of more than one dimension$/],
    ['referenceToObject', /^the result is a VARIANT of type 13,/],
  ] as const) {
    it(`is released: ${method}`, async () => {
      const clsid = newClsid();
      await using _server = await Program.start('server', clsid, proxyStubDll, serverName);
      using connection = await connect(clsid);
      await assert.rejects(connection.call(method), { name: 'TypeError', message: refusal });
      await until(async () => (await connection.call('objectsLeft')) === 0, 'it is released');
    });
  }
});

describe('a result that only a C++ server returns', () => {
  const clsid = newClsid();
  let server: Program;

  before(async () => {
    server = await Program.start('server', clsid, proxyStubDll, serverName);
  });

  after(() => server[Symbol.asyncDispose]());

  for (const [sent, why] of refused) {
    it(`makes a call fail with an error that names the result: ${sent}`, async () => {
      using connection = await connect(clsid);
      const message = new RegExp(why.source.replace('arguments\\[1\\]', 'the result'));
      await assert.rejects(connection.call('valueFromWords', sent), { name: 'TypeError', message });
      using call = await connection.createCall();
      await call.begin('valueFromWords', sent);
      await call.wait();
      await assert.rejects(call.finish(), { name: 'TypeError', message });
      assert.equal(await connection.call('valueFromWords', 'i4:1'), 1);
    });
  }
});
