// A class with a property and two methods. counter.vbs uses it. Its members have types, so async-com
// converts what a client sends, and a type library can describe the class.
import { automation, method, property, t } from 'async-com';

class Counter {
  static [automation] = {
    help: 'Counts',
    members: {
      count: property({ type: t.int32, help: 'The sum of what was added' }),
      add: method({
        params: { by: t.optional(t.int32, 1) },
        returns: t.int32,
        help: 'Adds a number, 1 if none is given, and returns the new count',
      }),
      reset: method({ help: 'Begins at 0 again' }),
    },
  };

  #count = 0;

  get count() {
    return this.#count;
  }

  set count(value) {
    this.#count = value;
  }

  /**
   * @param {import('async-com').ServerCall} _call every method gets the call first
   * @param {{ by: number }} parameters
   */
  add(_call, { by }) {
    this.#count += by;
    return this.#count;
  }

  reset() {
    this.#count = 0;
  }
}

export default {
  clsid: '{0E0A6D0B-54C1-4C3B-9B0E-9D6C1B7A2F41}',
  progId: 'AsyncComExamples.Counter',
  class: Counter,
};
