// Loads an estate from its two scripts, schema.sql and generate.sql, and settles its statistics.
import type { LoadOptions, Stage } from './estate.ts';
import { publishStatistics } from './fault-steps.ts';

/**
 * Runs schema.sql, then generate.sql with the settings `estate.size` and `estate.seed`, which it
 * reads with current_setting(), then vacuums and analyzes, so that it has no finding of its own.
 * The same seed gives the same rows, except that their times count back from that of loading.
 */
export async function loadScripts(stage: Stage, { size, seed }: LoadOptions): Promise<void> {
  await stage.admin.query(await stage.read('schema.sql'));
  await stage.admin.query(
    `select set_config('estate.size', $1, false), set_config('estate.seed', $2, false)`,
    [String(size), String(seed)],
  );
  await stage.admin.query(await stage.read('generate.sql'));
  await publishStatistics(stage);
  await stage.admin.query('vacuum (analyze)');
}
