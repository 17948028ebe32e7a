/** The files of a drop or a paste, including folders. */
// The whole table would be in the first load of the page.
import { claimedFormat } from '#lib/vocabulary/formats/sources.ts'
import type { ConversionSettings } from '../settings/conversion-settings.ts'

/** A file that was chosen, and the folder in which it lay below what was chosen; empty for the file itself. */
export interface ChosenFile {
  file: File
  folder: string
  /** Where they differ from those of the other files. */
  settings?: ConversionSettings
}

export interface DroppedFiles {
  files: ChosenFile[]
  /** The names of folders in which nothing can be converted. */
  emptyFolders: string[]
}

/**
 * All dropped files; from folders only those with a known extension, because folders contain many unrelated files. It
 * must be called before the event's handler returns: after that the browser has emptied the list.
 */
export async function droppedFiles(data: DataTransfer): Promise<DroppedFiles> {
  const entries = [...data.items].filter(item => item.kind === 'file').map(item => item.webkitGetAsEntry())
  const files = [...data.files]
  // A pasted picture is a file without an entry.
  const found = await Promise.all(files.map((file, index) => filesIn(entries[index] ?? null, file)))
  const emptyFolders = files.flatMap(({ name }, index) => (found[index]?.length === 0 ? [name] : []))
  return { files: found.flat(), emptyFolders }
}

/** The files of a picker; of a folder, like the dropped ones, those with a known extension. */
export function chosenFiles(picked: readonly File[]): DroppedFiles {
  const files = picked
    .map(file => ({ file, folder: file.webkitRelativePath.split('/').slice(0, -1).join('/') }))
    .filter(chosen => chosen.folder === '' || isDocument(chosen))
  const name = picked[0]?.webkitRelativePath.split('/')[0]
  return { files, emptyFolders: name && files.length === 0 ? [name] : [] }
}

async function filesIn(entry: FileSystemEntry | null, file: File): Promise<ChosenFile[]> {
  if (!entry?.isDirectory) return [{ file, folder: '' }]
  const files = await filesBelow(entry as FileSystemDirectoryEntry)
  return files.filter(isDocument)
}

/** Not so the files that programs leave beside the documents. */
function isDocument({ file: { name } }: ChosenFile): boolean {
  return claimedFormat(name) !== undefined && !name.startsWith('.') && !name.startsWith('~$')
}

async function filesBelow(folder: FileSystemDirectoryEntry): Promise<ChosenFile[]> {
  const found: ChosenFile[] = []
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry)))
    else {
      const file = await new Promise<File>((resolve, reject) =>
        (entry as FileSystemFileEntry).file(resolve, reject),
      )
      found.push({ file, folder: folder.fullPath.slice(1) })
    }
  }
  return found
}

async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader()
  const all: FileSystemEntry[] = []
  for (;;) {
    // Chromium returns 100 at a time; an empty list is the end.
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    )
    if (some.length === 0) return all
    all.push(...some)
  }
}
