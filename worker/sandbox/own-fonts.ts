import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

export interface OwnFonts {
  folder: string
  /** Holds a link `fonts` to the folder: fontconfig looks for no other name, and unjailed nothing can be shown as one. */
  dataFolder: string
}

/** Makes the folder where it is missing, so that it can be filled while the worker runs. */
export async function showFonts(folder: string, scratchDir: string): Promise<OwnFonts> {
  const dataFolder = join(scratchDir, 'own')
  const link = join(dataFolder, 'fonts')
  await mkdir(folder, { recursive: true })
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  await rm(link, { force: true })
  await symlink(folder, link)
  return { folder, dataFolder }
}
