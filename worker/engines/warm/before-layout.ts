import { PDF_TARGETS } from '#lib/vocabulary/formats.ts'
import type { Conversion } from '#worker/engine.ts'
import { mayPartHangul } from '#worker/parted-hangul.ts'
import { closeGapsInText, closeGapsWithoutStyle } from '#worker/uno/asian-gaps.ts'
import { setUnchanged } from '#worker/uno/file-dates.ts'
import { keepWordsInText, partWordsInText, partWordsWithoutStyle } from '#worker/uno/hangul-breaks.ts'
import { addLinkStyle } from '#worker/uno/link-style.ts'
import { setKoreanTabs } from '#worker/uno/tab-distance.ts'
import type { BeforeLayout } from '#worker/uno/whole-layout.ts'

const MAY_LACK_LINK_STYLE = /^(?:do[ct][xm]|rtf)$/
const PARTING = {
  nowhere: keepWordsInText,
  everywhere: partWordsInText,
  unstyled: partWordsWithoutStyle,
}

/** The changes to a text before its layout, for what the scan found. */
export function beforeLayout(conversion: Conversion): BeforeLayout | undefined {
  const { format, target, withoutAsianGaps, hangulParted } = conversion
  const steps: BeforeLayout[] = []
  if (MAY_LACK_LINK_STYLE.test(format) && PDF_TARGETS.includes(target)) steps.push(addLinkStyle)
  if (withoutAsianGaps) steps.push(withoutAsianGaps === 'unstyled' ? closeGapsWithoutStyle : closeGapsInText)
  if (hangulParted && mayPartHangul(conversion)) steps.push(PARTING[hangulParted])
  if (conversion.hasKoreanTabs) steps.push(setKoreanTabs)
  if (steps.length === 0) return undefined
  steps.push(setUnchanged)
  return async (text, session) => {
    for (const step of steps) await step(text, session)
  }
}
