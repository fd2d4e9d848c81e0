import { keeps } from './promises.js';

describe('an object that stands for an object or a Map', () => {
  it('is an object of automation, and survives what no well-behaved client does', async () => {
    await keeps('dictionary', [
      'makes an object',
      'finds a key in any case',
      'prefers the exact key',
      'knows no other name',
      'reaches a key that a member hides',
      'has exact keys in Item',
      'finds the key of an object by a number',
      'says whether a key exists',
      'lists the keys',
      'makes objects of what is in it',
      'finds a key of a Map by an equal number, and not by its text',
      'makes objects in arrays',
      'gives arguments of a property to its value',
      'has an enumerator',
      'enumerates several keys at once',
      'clones an enumerator where it is',
      'skips keys, and says how many are left',
      'ends',
      'begins again',
      'refuses null pointers for keys',
      'cannot be changed',
      'knows no other DISPID',
      'counts arguments',
      'refuses arguments that are named or not there',
      'refuses a reference to nothing',
      'demands the reserved IID',
      'refuses null pointers',
      'answers a client that wants no result',
      'becomes what it was',
      'leaves other values as they are',
      'becomes what it was inside, too',
      'becomes what it was in arrays, too',
      'makes no object of an ordinary array',
      'makes no object of an ordinary matrix',
      'is made of nothing else',
      'leaves no object behind',
    ]);
  });
});
