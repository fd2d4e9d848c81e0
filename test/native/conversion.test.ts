import { keeps } from './promises.js';

describe('ConvertVariant, and decimal numbers', () => {
  it('convert between the types of automation, and refuse the rest', async () => {
    await keeps('conversion', [
      'converts a number between all plain types',
      'writes a number as text',
      'rounds half to even',
      'takes a number for true',
      "takes nothing for 0 and ''",
      'refuses a number that is too large',
      'refuses what is no number',
      'refuses an argument that was left out',
      'refuses types that no value has',
      'leaves a value alone that has the type',
      'converts what is referred to',
      'copies what is referred to',
      'refuses a reference to nothing',
      'takes an object for an object',
      'takes nothing for no object',
      'refuses what is no object of automation',
      'asks no object for its value',
      'control: VariantChangeTypeEx asks',
      'converts the elements of an array between all plain types',
      'converts an array to VARIANTs and back',
      'takes no array for a value, and no value for an array',
      'refuses an array with an element that is too large',
      'refuses an array in an array of numbers',
      'refuses an array that has another type than its VARIANT says',
      'does not read such an array',
      'takes a null array',
      'reads currency',
      'rounds no currency',
      'reads decimals, and writes them as they were',
      'rounds no decimals',
      'reads only numbers',
      'writes currency',
    ]);
  });
});
