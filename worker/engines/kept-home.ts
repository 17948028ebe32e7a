import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { copyFolder } from '#worker/folders.ts'
import { hardenedSettings, type ProfileOptions } from '#worker/sandbox/profile.ts'
import type { Sandbox } from '#worker/sandbox.ts'

/** What the first start of a LibreOffice finds out and fills. The next starts of the same one need not repeat it. */
export interface FilledHome {
  /** As of `officeName`. */
  name: string
  /** A folder with its filled profile, to be copied. */
  home: string
}

export interface KeptHomeOptions {
  /** Where it is kept. No sandboxed process may write there. */
  folder: string
  office: Sandbox['office']
  profile: ProfileOptions
}

/** Copies the kept home to `target`, a folder that does not exist. Undefined where none of this LibreOffice is kept whole. */
export async function loadHome(target: string, options: KeptHomeOptions): Promise<FilledHome | undefined> {
  const kept = join(options.folder, await keyOf(options))
  try {
    const { name, digest } = JSON.parse(await readFile(join(kept, 'about.json'), 'utf8'))
    copyFolder(join(kept, 'home'), target)
    // A power cut may have emptied files of it, among them the hardening settings.
    if (digest === (await digestOf(target))) return { name, home: target }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  await rm(target, { recursive: true, force: true })
  return undefined
}

/** Keeps a home instead of all others. Where another process keeps one at the same time, either stays. */
export async function keepHome({ name, home }: FilledHome, options: KeptHomeOptions): Promise<void> {
  const { folder } = options
  const writing = join(folder, `writing-${process.pid}`)
  await rm(folder, { recursive: true, force: true })
  await mkdir(writing, { recursive: true, mode: 0o700 })
  copyFolder(home, join(writing, 'home'))
  await writeFile(join(writing, 'about.json'), JSON.stringify({ name, digest: await digestOf(home) }))
  await rename(writing, join(folder, await keyOf(options)))
}

/** Another LibreOffice, a renewed one, and other settings each have another key. */
async function keyOf({ office: { file }, profile }: KeptHomeOptions): Promise<string> {
  const { size, mtimeMs } = await stat(file)
  const about = [file, size, mtimeMs, hardenedSettings(profile)]
  return createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 16)
}

async function digestOf(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const paths = entries.filter(file => file.isFile()).map(file => join(file.parentPath, file.name))
  for (const path of paths.sort())
    hash.update(path.slice(folder.length)).update('\0').update(readFileSync(path))
  return hash.digest('hex')
}
