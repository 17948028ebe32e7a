import { lstat, mkdir, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { reasonOf } from '#lib/reason-of.ts'
import { AppError } from '#lib/vocabulary/errors.ts'
import { TARGETS } from '#lib/vocabulary/formats.ts'
import { type Fields, FieldsSchema, readFields } from '../api/form-fields.ts'
import { invalidRequest } from '../api/invalid-request.ts'

const SETTINGS_FILE = 'nightshift.json'

/** The folders of one watched folder. */
export interface WatchedFolder {
  name: string
  path: string
  in: string
  out: string
  failed: string
  /** Originals of what was converted. */
  done: string
  /** What was taken: a folder for each job, named by its id, with the original in it. */
  taken: string
}

/** The folders below `root` that have a folder `in`. Links are not followed, so that nothing leaves the root. */
export async function watchedFoldersIn(root: string): Promise<WatchedFolder[]> {
  const entries = await readdir(root, { withFileTypes: true })
  const folders = entries.filter(entry => entry.isDirectory() && !entry.name.startsWith('.'))
  const watched = folders.map(({ name }) => folderAt(join(root, name)))
  const areThere = await Promise.all(watched.map(folder => isFolder(folder.in)))
  return watched.filter((_, at) => areThere[at])
}

const folderAt = (path: string): WatchedFolder => ({
  name: basename(path),
  path,
  in: join(path, 'in'),
  out: join(path, 'out'),
  failed: join(path, 'failed'),
  done: join(path, 'done'),
  taken: join(path, '.nightshift'),
})

/** Makes the folders that are written to. @throws Error where one of them is a link or a file */
export async function ensureFolders({ out, failed, done, taken }: WatchedFolder): Promise<void> {
  for (const path of [out, failed, done, taken]) {
    await mkdir(path, { recursive: true })
    if (!(await isFolder(path))) throw new Error(`${path} is not a folder`)
  }
}

/** Never true of a link to a folder. */
async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    stats => stats.isDirectory(),
    () => false,
  )
}

/**
 * What is asked of the files of a folder: by its `nightshift.json`, `{ "target": …, "options": … }`, else by its name,
 * which is that of a target.
 * @throws AppError `invalid_request`, `unknown_field` where neither says it
 */
export async function settingsOf({ name, path }: WatchedFolder): Promise<Fields> {
  const text = await readFile(join(path, SETTINGS_FILE), 'utf8').catch(() => undefined)
  if (text !== undefined) return readFields(parsed(text), FieldsSchema)
  if (TARGETS.has(name)) return readFields({ target: name, options: {} }, FieldsSchema)
  throw invalidRequest(
    `the folder “${name}” has no ${SETTINGS_FILE} such as {"target":"pdf"}, and its name is none of: ${[...TARGETS.keys()].join(', ')}`,
  )
}

function parsed(text: string): object {
  try {
    return { options: {}, ...JSON.parse(text) }
  } catch (error) {
    throw new AppError('invalid_request', {
      details: { reason: `its folder’s ${SETTINGS_FILE} is not JSON (${reasonOf(error)})` },
    })
  }
}
