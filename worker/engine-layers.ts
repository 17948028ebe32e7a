import { withCharsets } from './charset.ts'
import { withEmptyPages } from './empty-pages.ts'
import type { Engine } from './engine.ts'
import { type EngineConfig, limitsOf } from './engines.ts'
import { withHtmlTables } from './html-tables.ts'
import { withLocks } from './locks.ts'
import { withMerge } from './merge.ts'
import { withOldFields } from './old-fields.ts'
import { withPackageCopies } from './package-copies.ts'
import { withPageOrder } from './page-order.ts'
import { withPages } from './pages.ts'
import { withPdfSources } from './pdf-sources.ts'
import { withReasons } from './reasons.ts'
import { withRepairedNames } from './repaired-names.ts'
import { withRepairedSizes } from './repaired-sizes.ts'
import type { Sandbox } from './sandbox.ts'
import { withoutSecondPictures } from './second-pictures.ts'
import { withSharedExport } from './shared-export.ts'
import { withSplit } from './split-pdf.ts'
import { withStandardFixes } from './standard-fixes.ts'
import { withStandards } from './standards.ts'
import { withStillPictures } from './still-pictures.ts'
import { withTables } from './tables.ts'
import { withTiffPages } from './tiff-pages.ts'
import { withTimeLimit } from './time-limit.ts'
import { withTurnedPictures } from './turned-pictures.ts'
import { withUnstyledLinks } from './unstyled-links.ts'
import { withWebArchives } from './web-archives.ts'
import { withWebPageLinks } from './web-page-links.ts'

/** Wraps the engine with what LibreOffice lacks; each wrapper surrounds those before it. */
export function withLayers(engine: Engine, config: EngineConfig, sandbox: Sandbox): Engine {
  const options = { limits: limitsOf(config), sandbox }
  const layers: ((inner: Engine) => Engine)[] = [
    inner => (config.splitDocuments ? withSharedExport(inner, options) : inner),
    withStandardFixes,
    withoutSecondPictures,
    withTables,
    withCharsets,
    withHtmlTables,
    withWebPageLinks,
    withWebArchives,
    withPackageCopies,
    withOldFields,
    withUnstyledLinks,
    withStillPictures,
    inner => withPageOrder(inner, options),
    inner => withEmptyPages(inner, options),
    inner => withTiffPages(inner, options),
    inner => withTurnedPictures(inner, options),
    inner => withPages(inner, options),
    inner => withPdfSources(inner, options),
    withRepairedNames,
    withRepairedSizes,
    withReasons,
    inner => withMerge(inner, options),
    inner => withSplit(inner, options),
    inner => withLocks(inner, options),
    inner => withStandards(inner, options),
    inner => withTimeLimit(inner, config.timeLimitMs),
  ]
  return layers.reduce((inner, context) => context(inner), engine)
}
