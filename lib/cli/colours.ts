import picocolors from 'picocolors';

const { stdout, env } = process;

/** Where standard output is a terminal, unless the environment says otherwise. */
export const colours = picocolors.createColors(
  env['FORCE_COLOR'] === undefined
    ? stdout.isTTY && env['NO_COLOR'] === undefined
    : env['FORCE_COLOR'] !== '0',
);
