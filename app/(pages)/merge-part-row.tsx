import type { DragEvent } from 'react'
import { FileName } from './file-name.tsx'
import { CrossIcon, DownIcon, GripIcon, UpIcon } from './icons.tsx'
import { useTexts } from './messages/use-texts.tsx'

interface Props {
  fileName: string
  isFirst: boolean
  isLast: boolean
  isDragged: boolean
  onDragStart: () => void
  onDragOver: (event: DragEvent) => void
  onDragEnd: () => void
  /** Moves it up (-1) or down (1). */
  onMove: (by: -1 | 1) => void
  onRemove: () => void
}

/** One file of a merge. */
export function MergePartRow({ fileName, isFirst, isLast, isDragged, ...on }: Props) {
  const { t } = useTexts()
  const start = (event: DragEvent) => {
    event.dataTransfer.effectAllowed = 'move'
    // Firefox drags nothing without content.
    event.dataTransfer.setData('text/plain', fileName)
    on.onDragStart()
  }
  return (
    <li
      draggable
      data-dragged={isDragged}
      onDragStart={start}
      onDragOver={on.onDragOver}
      onDrop={event => event.preventDefault()}
      onDragEnd={on.onDragEnd}
    >
      <GripIcon />
      <span className="part-name" title={fileName}>
        <bdi className="name">
          <FileName fileName={fileName} />
        </bdi>
      </span>
      <PartButton
        word={t('batch.moveUp')}
        fileName={fileName}
        Icon={UpIcon}
        isIdle={isFirst}
        onClick={() => on.onMove(-1)}
      />
      <PartButton
        word={t('batch.moveDown')}
        fileName={fileName}
        Icon={DownIcon}
        isIdle={isLast}
        onClick={() => on.onMove(1)}
      />
      <PartButton word={t('batch.leaveOut')} fileName={fileName} Icon={CrossIcon} onClick={on.onRemove} />
    </li>
  )
}

interface ButtonProps {
  word: string
  fileName: string
  Icon: typeof CrossIcon
  /** It does nothing now; it keeps the focus all the same. */
  isIdle?: boolean
  onClick: () => void
}

function PartButton({ word, fileName, Icon, isIdle = false, onClick }: ButtonProps) {
  return (
    <button type="button" className="quiet" title={word} aria-disabled={isIdle} onClick={onClick}>
      <Icon />
      <span className="word">{word}</span>
      <span className="unseen"> {fileName}</span>
    </button>
  )
}
