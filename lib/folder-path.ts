import { cleanFileName } from './file-name.ts'

const MOST_LEVELS = 20

/**
 * The folder of a path that a user sent, such as `Talks/2026` of `Talks/2026/deck.pptx`, safe to store and to put into
 * an archive: no drive, nothing that leads upwards, no invisible characters. Levels beyond the twentieth are left out.
 */
export function cleanFolder(path: string): string {
  return path
    .split(/[/\\]/)
    .slice(0, -1)
    .filter(level => level.trim() !== '' && !/^(\.+|[a-z]:)$/i.test(level.trim()))
    .slice(0, MOST_LEVELS)
    .map(cleanFileName)
    .join('/')
}
