import type { Logger } from '#lib/log.ts'
import { drawsColour } from '#worker/engines/colour-fonts.ts'
import type { Sandbox } from '#worker/sandbox.ts'
import { watchFonts } from './font-watch.ts'
import { Fonts } from './fonts.ts'
import { Characters } from './missing-characters.ts'

export interface FreshFontsOptions {
  sandbox: Sandbox
  scratchDir: string
  engine: { readonly name: string; renew(): Promise<unknown> }
  /** The operator's own font folder. */
  own: string | undefined
  log: Logger
  /** For tests. */
  pollMs?: number
}

/** The fonts and characters of this machine. */
export interface MachineFonts
  extends Pick<Fonts, 'match'>,
    Pick<Characters, 'missing' | 'missingIn' | 'facts'> {
  close(): void
}

/** Opens the machine's fonts and watches them for changes, also for the engine, so that a new font needs no restart. */
export async function openFonts(options: FreshFontsOptions): Promise<MachineFonts> {
  const { sandbox, scratchDir, engine, own, log } = options
  const fonts = await Fonts.open(sandbox, scratchDir)
  const characters = await Characters.open({ ...options, drawsColour: drawsColour(engine.name) })
  const renew = async () => {
    log.info('fonts have come or gone: LibreOffice is started anew, since it reads the list of fonts once')
    await engine.renew()
    fonts.forget()
    characters.forget()
  }
  const { close } = await watchFonts({
    ...options,
    folders: [...sandbox.office.fontFolders, ...(own ? [own] : [])],
    onChange: () => void renew(),
  })
  return {
    match: (names, signal) => fonts.match(names, signal),
    facts: () => characters.facts(),
    missing: tally => characters.missing(tally),
    missingIn: (pdf, slot, signal) => characters.missingIn(pdf, slot, signal),
    close,
  }
}
