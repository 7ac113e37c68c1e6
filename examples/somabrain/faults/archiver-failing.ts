// Fault: the volume of the archive is not mounted; segments stay in pg_wal, recovery falls behind.
import { breakArchive, mendArchive } from '../../archive-command.ts';
import type { Fault } from '../../estate.ts';

export const archiverFailing: Fault = {
  id: 'archiver-failing',
  title: 'No WAL segment reaches the archive',
  found_by: ['wal-archive-failing'],
  on: breakArchive,
  off: mendArchive,
};
