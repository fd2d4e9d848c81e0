import picocolors from 'picocolors';

const { stdout, env } = process;

/**
 * Colours if standard output is a terminal. `FORCE_COLOR` and `NO_COLOR` in the environment
 * override that.
 */
export const colours = picocolors.createColors(
  env['FORCE_COLOR'] === undefined
    ? stdout.isTTY && env['NO_COLOR'] === undefined
    : env['FORCE_COLOR'] !== '0',
);
