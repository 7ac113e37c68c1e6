// The walls of the house, in the order in which they are reported.
import type { Wall } from './wall.ts';
import { bannedWordsWall } from './walls/banned-words.ts';
import { catalogFoldersWall } from './walls/catalog-folders.ts';
import { catalogSqlWall } from './walls/catalog-sql.ts';
import { cyclesWall } from './walls/cycles.ts';
import { documentsWall } from './walls/documents.ts';
import { fileNamesWall } from './walls/file-names.ts';
import { firstLinesWall } from './walls/first-lines.ts';
import { layersWall } from './walls/layers.ts';
import { outsideWorldWall } from './walls/outside-world.ts';
import { sizesWall } from './walls/sizes.ts';

export const walls: readonly Wall[] = [
  layersWall,
  cyclesWall,
  outsideWorldWall,
  sizesWall,
  fileNamesWall,
  firstLinesWall,
  bannedWordsWall,
  catalogFoldersWall,
  catalogSqlWall,
  documentsWall,
];
