/** The files of a drop or a paste, including folders. */
import { claimedFormat } from '#lib/vocabulary/formats.ts'

/**
 * All dropped files; from folders only those with a known extension, because folders contain many unrelated files. It
 * must be called before the event's handler returns: after that the browser has emptied the list.
 */
export async function droppedFiles(data: DataTransfer): Promise<File[]> {
  const entries = [...data.items].filter(item => item.kind === 'file').map(item => item.webkitGetAsEntry())
  const files = [...data.files]
  // A pasted picture is a file without an entry.
  const found = await Promise.all(files.map((file, index) => filesIn(entries[index] ?? null, file)))
  return found.flat()
}

async function filesIn(entry: FileSystemEntry | null, file: File): Promise<File[]> {
  if (!entry?.isDirectory) return [file]
  const files = await filesBelow(entry as FileSystemDirectoryEntry)
  return files.filter(({ name }) => claimedFormat(name) && !name.startsWith('.') && !name.startsWith('~$'))
}

async function filesBelow(folder: FileSystemDirectoryEntry): Promise<File[]> {
  const found: File[] = []
  for (const entry of await entriesOf(folder)) {
    if (entry.isDirectory) found.push(...(await filesBelow(entry as FileSystemDirectoryEntry)))
    else
      found.push(
        await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject)),
      )
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
