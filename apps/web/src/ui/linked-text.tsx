const ADDRESS = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]}'])/g

/** Plain text, its web addresses made into links; line breaks stay as they are. */
export function LinkedText({ text, className }: { text: string; className?: string | undefined }) {
  // Splitting by a captured group leaves the addresses at the odd places.
  const parts = text.split(ADDRESS).map((part, place) => ({ part, place }))
  return (
    <div className={className} style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
      {parts.map(({ part, place }) =>
        place % 2 ? (
          <a key={place} href={part} target="_blank" rel="noopener noreferrer nofollow">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </div>
  )
}
