import { release, version } from 'node:os';

/** Returns the name and the version of Windows. Wine returns those that it imitates. */
export function windowsVersion(): string {
  return `${version()} ${release()}`;
}
