// Plays an example estate in a test: on an embedded server that ends with the stage.
import type { Estate } from '../../examples/estate.ts';
import {
  configurationOf,
  type OpenStage as EstateStage,
  openStage as openEstate,
} from '../../examples/stage.ts';
import { type EmbeddedServer, startServer } from '../../src/adapters/embedded/start-server.ts';

export interface OpenStage extends EstateStage {
  readonly server: EmbeddedServer;
  /** Ends every session, stops the server and removes its folder. */
  close(): Promise<void>;
}

const lock_limit_ms = 10_000;

/** A fresh server of the estate's major with its settings and its empty database. */
export async function openStage(estate: Estate): Promise<OpenStage> {
  const configuration = configurationOf(estate);
  const server = await startServer({ major: estate.major, name: estate.name, configuration });
  try {
    const stage = await openEstate(estate, server);
    // Another fault may hold what a statement needs: better to fail than to hang.
    await stage.admin.query(`set lock_timeout = '${lock_limit_ms}ms'`);
    return {
      ...stage,
      server,
      async close() {
        await stage.close();
        await server.stop();
      },
    };
  } catch (error) {
    await server.stop('immediate');
    throw error;
  }
}
