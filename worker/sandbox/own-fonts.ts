import { mkdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'

export interface OwnFonts {
  folder: string
  /**
   * Contains a link `fonts` to the folder: fontconfig only looks for this name, and without the sandbox nothing can be
   * mounted.
   */
  dataFolder: string
}

/** Creates the folder where it is missing, so that fonts can be added while the worker runs. */
export async function showFonts(folder: string, scratchDir: string): Promise<OwnFonts> {
  const dataFolder = join(scratchDir, 'own')
  const link = join(dataFolder, 'fonts')
  await mkdir(folder, { recursive: true })
  await mkdir(dataFolder, { recursive: true, mode: 0o711 })
  await rm(link, { force: true })
  await symlink(folder, link)
  return { folder, dataFolder }
}
