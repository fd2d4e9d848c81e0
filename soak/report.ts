// Writes what a part has done as tables in Markdown.
import type { Part } from './part.js';
import type { Done } from './progress.js';

export function tableOf(part: Part, { milliseconds, result }: Done): string {
  const { units, counts, growth } = result;
  const minutes = (milliseconds / 60_000).toFixed(1);
  const rows = Object.entries(counts).map(([what, count]) => row(what, grouped(count)));
  const grown = Object.entries(growth).map(([process, { units, handles, threads, bytes }]) => {
    const perThousand = (value: number) => ((value / units) * 1000).toFixed(2);
    return row(
      process,
      grouped(units),
      perThousand(handles),
      perThousand(threads),
      perThousand(bytes / 1024),
    );
  });
  return [
    `### ${part.name}: ${grouped(units)} ${part.units} in ${minutes} minutes`,
    '',
    row('what', 'how many'),
    row('---', '--:'),
    ...rows,
    '',
    row('process', part.growthUnits, 'handles a 1000', 'threads a 1000', 'KB a 1000'),
    row('---', '--:', '--:', '--:', '--:'),
    ...grown,
    '',
  ].join('\n');
}

const row = (...cells: string[]) => `| ${cells.join(' | ')} |`;
const grouped = (count: number) => count.toLocaleString('en');
