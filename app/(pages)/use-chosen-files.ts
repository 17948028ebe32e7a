import { useState } from 'react'
import type { ChosenFile, DroppedFiles } from './live/dropped-files.ts'
import { needsChoice } from './live/fitting-targets.ts'
import { quoted } from './messages/names.ts'
import type { Texts } from './messages/texts.ts'
import { useTexts } from './messages/use-texts.tsx'
import type { ConversionSettings } from './settings/conversion-settings.ts'
import { CHOOSE_ID } from './use-kept-focus.ts'

interface ChosenFiles {
  /** Takes what was dropped, pasted or chosen. */
  receive(dropped: DroppedFiles): void
  /** Files that cannot all become what is chosen: the user says first what each becomes. */
  mixed: readonly ChosenFile[]
  sendMixed(files: ChosenFile[]): void
  /** A sentence about what was dropped; empty where there is nothing to say. */
  notice: string
}

/** Sends files on at once, unless the settings do not fit all of them. */
export function useChosenFiles(
  settings: ConversionSettings,
  onFiles: (files: ChosenFile[]) => void,
): ChosenFiles {
  const texts = useTexts()
  const [mixed, setMixed] = useState<readonly ChosenFile[]>([])
  const [notice, setNotice] = useState('')
  return {
    mixed,
    notice,
    receive({ files, emptyFolders }) {
      setNotice(sentenceAbout(texts, emptyFolders))
      if (needsChoice(files, settings)) setMixed([...mixed, ...files])
      else if (files.length > 0) onFiles(files)
    },
    sendMixed(files) {
      // The panel goes, and the focus must not go with it.
      document.getElementById(CHOOSE_ID)?.focus({ preventScroll: true })
      setMixed([])
      if (files.length > 0) onFiles(files)
    },
  }
}

function sentenceAbout(texts: Texts, emptyFolders: readonly string[]): string {
  if (emptyFolders.length === 0) return ''
  const names = emptyFolders.map(name => quoted(texts, name)).join(texts.t('page.comma'))
  return texts.t('drop.nothingIn', { names })
}
