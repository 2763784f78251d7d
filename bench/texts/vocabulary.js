export const WORDS =
  'river stone market window garden letter engine bridge signal harbour winter copper mirror forest ladder basket compass lantern meadow orchard kettle archive horizon island journal carpet thunder velvet granite whistle cabinet feather glacier hammer needle pattern ribbon saddle timber village anchor blanket canyon dolphin ember fountain gravel helmet ivory jungle'.split(
    ' ',
  );

export const LINKS =
  'and while because although therefore until so before after unless whereas since'.split(' ');

/** Code as answers hold it, with places for words (`$a`, `$b`) and numbers (`$n`). */
export const CODE = [
  [
    'python',
    `from dataclasses import dataclass

@dataclass
class $A:
    """Holds one $a of the $b."""
    size: int = $n
    name: str = "$b"

    def grow(self, by: float = 1.5) -> int:
        # A $a never shrinks below $n.
        self.size = max($n, int(self.size * by))
        return self.size

for $a in range($n):
    print(f"{$a}: {$A($a).grow()}")
`,
  ],
  [
    'typescript',
    `interface $A<T> {
  readonly $a: T;
  $b?: (value: T, index: number) => Promise<string>;
}

export async function load$A<T>(url: string, limit = $n): Promise<$A<T>[]> {
  const response = await fetch(\`\${url}?limit=\${limit}\`);
  if (!response.ok) throw new Error('The $b did not answer');
  const rows = (await response.json()) as $A<T>[];
  return rows.filter((row) => row.$a !== undefined); // keep what is there
}
`,
  ],
  [
    'sql',
    `SELECT $a.id, $a.title, count(*) AS total
FROM $a
JOIN $b ON $b.$a_id = $a.id
WHERE $a.created_at > '2024-01-$n' AND $b.kind IN ('$a', '$b')
GROUP BY $a.id, $a.title
HAVING count(*) > $n
ORDER BY total DESC
LIMIT $n;
`,
  ],
  [
    'json',
    `{
  "$a": { "id": $n, "tags": ["$a", "$b"], "open": true },
  "$b": [
    { "size": $n, "ratio": 0.$n, "note": null },
    { "size": $n, "ratio": 1.$n, "note": "the $a behind the $b" }
  ]
}
`,
  ],
  [
    'bash',
    `#!/usr/bin/env bash
set -euo pipefail
for $a in data/*.csv; do
  # every $b once
  wc -l "$$a" | awk '{ print $1 * $n }' >> "\${OUT:-$b.txt}"
done
echo "done: $n files"
`,
  ],
  [
    'css',
    `.$a > .$b:hover {
  display: grid;
  grid-template-columns: repeat($n, minmax(0, 1fr));
  color: #3a5f$n;
  margin-inline: calc(1rem + $npx); /* room for the $a */
}
`,
  ],
  [
    'go',
    `package $a

// $A counts what passes the $b.
type $A struct {
	Size int
	Name string
}

func (s *$A) Add(values ...int) (total int, err error) {
	for i, v := range values {
		if v < 0 {
			return 0, fmt.Errorf("$b %d: %d is below $n", i, v)
		}
		total += v
	}
	s.Size += total
	return total, nil
}
`,
  ],
];
