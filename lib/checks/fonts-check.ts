import { type Check, passed } from '../vocabulary/check.ts'
import { FONT_SCRIPTS } from './font-scripts.ts'

/** Which scripts have a font; `lacking` are the names of those that have none. */
export function fontsCheck(lacking: readonly string[], machine = 'this machine'): Check {
  const without = FONT_SCRIPTS.filter(({ name }) => lacking.includes(name))
  if (without.length === 0)
    return passed('fonts', 'Fonts', `for ${FONT_SCRIPTS.map(({ name }) => name).join(', ')}`)
  const packages = [...new Set(without.map(one => one.package))].join(' ')
  return {
    id: 'fonts',
    state: 'warning',
    what: 'Fonts',
    found: `none on ${machine} for ${without.map(({ name }) => name).join(', ')}`,
    mend: `sudo apt-get install -y --no-install-recommends ${packages}`,
  }
}
