import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, it } from 'node:test'

const words = (text: string) => text.trim().split(/\s+/)

/** Exported names that had private words. Each has the field's standard term now (README, Words). */
const OLD_NAMES = words(`
  Answer Bell Bench BenchOptions CHANNEL Calls Change ChildMessage Claim Database DatabaseOptions Desk
  DeskOptions Dialect Document DocumentPlace Dropped EngineSurroundings Entry FAMILIES FileShelf Folders
  Given Group Guarded Hearing Held Hiring HiringOptions House HouseAndBrowser HouseAndBrowserOptions
  HouseOptions JobRow LIMITS Language Launch Ledger Limits Link Load Look MOST_TOLD MaintenanceReport News
  Notices OnSheet OpeningOptions Operation Other Outbox OutboxOptions PARTS PLAIN Page Parameter
  PicturePlace Place Places Prey ProgramPlace QueuePlace Records Recycling Report Reports Saying Schema
  Scope Sender ServedObject ServedObjects Settled Settling Shop ShopOptions Staff Survey TRAP_TEXT Taking
  Teller TellerOptions Told ToldNote ToldReport Turn Turns UploadMemory UploadRow View Visit WaitingLine
  Walk Watch Watched Watching Wish WishLine Wished WorkOptions WorkerReport Working Workplace XmlLook
  bareArguments bwrapArguments choiceWord claimInstance closeUpload completeIfStillHeld convertWithin
  createBell createLook createPlace createUpkeep demandOf empty endFamily endLeftover endLeftovers
  ensureRoom explain failIfStillHeld familyOf forgetFiles gathering given handBackIfStillHeld headSaysSo
  hearNotes houseAndBrowser insertIfRoom isOver isSameGiven isSameWish keepUpload killFamily known lasting
  limitArguments listUploads listen lookAtBinary lookAtIwork lookAtLegacy lookAtMachine lookAtMail
  lookAtOdf lookAtOoxml lookAtPart lookAtSignature lookAtText lookForRoom lookInside lookThrough
  lookThroughXml markOf mendFileDates milestones nameOf on onEach onParentGone openBench openCounter
  openDoors openHouse openNews openNotices openPlace openPrey openShop openWhenPossible openWorkshop
  placeOf places placesOf prepareDatabase propertiesAtOnce property putFilesIn readPreset readSender
  readWish reasonAside recalled refuseBeyond remembered remove report rowsAsWished sayingOf saysWhatItIs
  seenIn senderOf sentenceOf setAtOnce settleTrackedChanges settlesChanges showIfStillHeld sourceWords
  startChecking startCrew startRelay startReports startUpkeep startedBenches stillHeld takeForm takeUpload
  takingConformance targetWords tellNote tellParent textAsWished toldInText trapDocument troubleOf turnOf
  useDesk useKeptDesk useWish whyNotUnlocked wishFor withFieldWords withStandardMends work
`)

/** Files that had such names. */
const OLD_FILES = words(`
  app/(pages)/job-row.tsx app/(pages)/jobs/[id]/told.tsx app/(pages)/live/checking.ts
  app/(pages)/live/desk.ts app/(pages)/live/dropped.ts app/(pages)/live/file-shelf.ts
  app/(pages)/live/given.ts app/(pages)/live/hearing.ts app/(pages)/live/memory.ts
  app/(pages)/live/milestones.ts app/(pages)/live/outbox.ts app/(pages)/live/send.ts
  app/(pages)/live/sentence.ts app/(pages)/live/uploads.ts app/(pages)/live/use-desk.ts
  app/(pages)/live/words.ts app/(pages)/wish/option-field.tsx app/(pages)/wish/option-panel.tsx
  app/(pages)/wish/preset-chips.tsx app/(pages)/wish/save-preset.tsx app/(pages)/wish/use-presets.ts
  app/(pages)/wish/use-wish.ts app/(pages)/wish/wish-line.tsx app/(pages)/wish/wish.ts
  app/(pages)/wish/words.ts app/api/calls.ts app/api/convert.ts app/api/fields.ts app/api/formats.ts
  app/api/health.ts app/api/jobs.ts app/api/openapi.ts app/api/presets.ts app/api/result.ts
  app/api/sender.ts app/api/thumbnail.ts app/api/uploads.ts app/backend.ts app/live/relay.ts app/news.ts
  app/owner.ts app/uploads/open.ts app/uploads/records.ts app/uploads/room.ts app/uploads/store.ts
  app/uploads/turns.ts cli/main.ts cli/migrate.ts cli/start/database.ts cli/start/launch.ts
  cli/start/leftovers.ts cli/start/processes.ts cli/test/database.ts cli/test/family.ts cli/test/parts.ts
  lib/errors.ts lib/formats.ts lib/formats/charsets.ts lib/formats/languages.ts lib/formats/option.ts
  lib/formats/options.ts lib/formats/page-numbers.ts lib/formats/papers.ts lib/formats/presets.ts
  lib/formats/sources.ts lib/formats/targets.ts lib/job-files.ts lib/jobs/memory/crew.ts
  lib/jobs/memory/ledger.ts lib/jobs/postgres/admission.ts lib/jobs/postgres/bell.ts
  lib/jobs/postgres/gather.ts lib/jobs/postgres/notices.ts lib/jobs/postgres/reading.ts
  lib/jobs/postgres/row.ts lib/jobs/postgres/swift.ts lib/jobs/postgres/upkeep.ts
  lib/jobs/postgres/watch.ts lib/jobs/postgres/work.ts lib/jobs/same-wish.ts lib/locale.ts lib/migrate.ts
  lib/nearest.ts lib/notes.ts lib/notes/fonts.ts lib/notes/not-drawn.ts lib/notes/table.ts lib/parent.ts
  lib/password/compound.ts lib/places.ts lib/remembered.ts lib/report.ts lib/scan/contents.ts
  lib/scan/decode.ts lib/scan/fields.ts lib/scan/limits.ts lib/scan/links.ts lib/scan/part.ts
  lib/scan/unshown.ts lib/scan/whole.ts lib/scan/words-beside.ts lib/scan/xml-text.ts lib/snapshot.ts
  lib/storage/folders.ts lib/storage/room.ts lib/storage/settling.ts lib/storage/turns.ts lib/upkeep.ts
  lib/upkeep/sweep.ts lib/uploads.ts lib/wish.ts worker/charset/languages.ts worker/check-result/bundle.ts
  worker/check-result/package.ts worker/document-place.ts worker/engines/failure.ts
  worker/engines/spawn/wish.ts worker/engines/warm/file-names.ts worker/engines/warm/inserted-files.ts
  worker/engines/warm/locked.ts worker/engines/warm/picture.ts worker/engines/warm/rows-as-wished.ts
  worker/engines/warm/sheets.ts worker/engines/warm/teller.ts worker/engines/warm/text-as-wished.ts
  worker/flat-text/settings.ts worker/flat-text/words-beside.ts worker/old-fields/binary.ts
  worker/opening.ts worker/package-copies/dropped.ts worker/package-copies/fields.ts
  worker/package-copies/markup.ts worker/package-copies/survey.ts worker/pool/guard.ts
  worker/pool/hiring.ts worker/pool/member.ts worker/pool/process.ts worker/report/characters.ts
  worker/report/characters/between-tags.ts worker/report/characters/coverage.ts
  worker/report/characters/pdf-text.ts worker/report/characters/scripts.ts
  worker/report/characters/source-text.ts worker/report/characters/tally.ts worker/reports.ts
  worker/sandbox/arguments.ts worker/sandbox/office.ts worker/sandbox/processes.ts worker/sandbox/said.ts
  worker/sandbox/trouble.ts worker/seen.ts worker/shop.ts worker/standard-mends.ts worker/tables/parts.ts
  worker/tables/xml.ts worker/uno/connection.ts worker/uno/errors.ts worker/uno/inserted-files.ts
  worker/uno/limits.ts worker/uno/pages.ts worker/uno/served-objects.ts worker/uno/walk.ts
  worker/waiting-line.ts worker/watch.ts worker/watch/processor-time.ts worker/watch/stall.ts
  worker/web-archives/page.ts worker/web-archives/unpack.ts
`)

/** What Next asks of every page. */
const OF_NEXT = ['page.tsx', 'layout.tsx', 'dynamic', 'metadata', 'generateMetadata']

const EXPORT =
  /^export (?:default )?(?:async )?(?:abstract )?(?:function\*?|class|interface|type|const|let) (\w+)/gm
const sources = globSync('{app,lib,worker,cli}/**/*.{ts,tsx}', { exclude: ['**/node_modules/**'] })
const exportsOf = (file: string) =>
  new Set([...readFileSync(file, 'utf8').matchAll(EXPORT)].map(match => match[1] ?? ''))

/** Values that come from more than one file, each with its files. */
function doubles(found: ReadonlyArray<readonly [value: string, file: string]>): Record<string, string[]> {
  const files = Map.groupBy(found, ([value]) => value)
  return Object.fromEntries(
    [...files]
      .filter(([value, from]) => from.length > 1 && !OF_NEXT.includes(value))
      .map(([value, from]) => [value, from.map(([, file]) => file)]),
  )
}

describe('words', () => {
  it('no exported name that was replaced comes back', () => {
    assert.ok(sources.length > 300)
    const old = new Set(OLD_NAMES)
    const back = [...sources, ...globSync('test/**/*.ts')].flatMap(file =>
      [...exportsOf(file)].filter(name => old.has(name)).map(name => `${file}: ${name}`),
    )
    assert.deepEqual(back, [])
  })

  it('no file name that was replaced comes back', () => {
    assert.deepEqual(
      OLD_FILES.filter(file => sources.includes(file)),
      [],
    )
  })

  it('an exported name stands in one file', () => {
    assert.deepEqual(
      doubles(sources.flatMap(file => [...exportsOf(file)].map(name => [name, file] as const))),
      {},
    )
  })

  it('a file name stands in one folder', () => {
    assert.deepEqual(doubles(sources.map(file => [basename(file), file] as const)), {})
  })
})
