// The archive_command of estates that archive WAL to a folder beside their data directory.

/** A working archive for a demonstration; one that counts lies on another host. */
export const archive_command = `mkdir -p ../wal_archive && ${copyTo('../wal_archive')}`;

/** Fails where the folder is not there, never overwrites, and flushes before a copy counts. */
export function copyTo(folder: string): string {
  return [
    `test ! -f ${folder}/%f`,
    `cp %p ${folder}/%f.part`,
    `sync ${folder}/%f.part`,
    `mv ${folder}/%f.part ${folder}/%f`,
  ].join(' && ');
}
