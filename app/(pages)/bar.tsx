import type { BarView as BarState } from './live/row-view.ts'

/** A bar that says what is known: without a percentage it is indeterminate, before the start it is an empty track. */
export function Bar({ bar, label, text }: { bar: BarState; label: string; text: string }) {
  if (bar.kind === 'waiting') return <div className="bar" aria-hidden="true" />
  const known = bar.percent === null ? {} : { 'aria-valuenow': Math.round(bar.percent) }
  return (
    <div
      className={`bar ${bar.kind}`}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuetext={text}
      {...known}
    >
      {/* A width as an attribute, since a content security policy refuses styles in the document itself. */}
      <svg aria-hidden="true" className={bar.percent === null ? 'unknown' : undefined}>
        <rect width={bar.percent === null ? '34%' : `${bar.percent}%`} height="100%" rx="3" />
      </svg>
    </div>
  )
}
