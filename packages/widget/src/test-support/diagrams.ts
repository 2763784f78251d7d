/** Diagrams as models write them, of every kind that is drawn. */
export const DIAGRAMS: Readonly<Record<string, string>> = {
  flowchart:
    'flowchart TD\n  A[Start] --> B{Is it working?}\n  B -->|Yes| C["Great!<br/>Ship it"]\n  B -- No --> D[Debug]\n  D --> B\n  style A fill:#f9f,color:#fff\n  click A "https://a.example"',
  groups:
    '%%{init: {"theme": "dark"}}%%\ngraph LR;\n  subgraph one [Client side]\n    A[Browser]:::hot --> B([Widget]);\n  end\n  B -->|HTTP/JSON| C[(Database)] & D((Queue))\n  D -.-> C %% later\n  A ==> D --> E{{Finish}}\n  classDef hot fill:#f96',
  thai: 'flowchart TD\n  A[เริ่มต้น] --> B{ถูกต้องหรือไม่?}\n  B -->|ใช่| C[เสร็จสิ้น]\n  B -->|ไม่| A',
  sequence:
    'sequenceDiagram\n  autonumber\n  participant U as User\n  actor S as Server\n  U->>+S: POST /chats\n  S-->>-U: 201 Created\n  Note right of S: stored\n  alt streaming\n    S-)U: delta\n  else failure\n    S--xU: failed\n  end\n  loop Every minute\n    U->>U: think\n  end',
  state:
    'stateDiagram-v2\n  [*] --> Still\n  Still --> Moving : start\n  Moving --> Still : stop\n  Still --> Still : wait\n  state Moving {\n    [*] --> Slow\n    Slow --> Fast\n  }\n  Moving --> [*]',
  classes:
    'classDiagram\n  class Animal {\n    <<abstract>>\n    +String name\n    +makeSound() void\n  }\n  Animal <|-- Duck\n  Duck : +swim()\n  Customer "1" --> "*" Order : places',
  entities:
    'erDiagram\n  CUSTOMER ||--o{ ORDER : places\n  CUSTOMER {\n    string id PK\n    string name\n  }',
  chart:
    '---\ntitle: Sales\n---\nxychart-beta\n  x-axis [jan, feb, mar]\n  y-axis "Revenue" 4000 --> 11000\n  bar [5000, 6000, 7500]\n  line [5000, 6500, 7000]',
};

/** What is no diagram, of another kind, half understood, or too much: shown as code. */
export const UNDRAWN: Readonly<Record<string, string>> = {
  nothing: '',
  'no diagram': 'hello world',
  'another kind': 'pie title Pets\n  "Dogs" : 386\n  "Cats" : 85',
  gantt: 'gantt\n  title A plan\n  section One\n  Task :a1, 2026-01-01, 30d',
  'a bracket left open': 'flowchart TD\n  A[Start --> B{',
  'an arrow to nowhere': 'flowchart TD\n  A --> B\n  C ==text',
  'no line that is one': 'sequenceDiagram\n  foo bar',
  'an arrow it does not know': 'flowchart LR\n  A --> B\n  A --x B',
  'a header alone': 'flowchart LR',
  'a syntax it does not know': 'flowchart LR\n  A@{ shape: rect, label: "New" } --> B',
  'too many arrows of few words': `flowchart LR\n  ${list('A', 30)} --> ${list('B', 30)}`,
  'too many lines': `flowchart LR\n${'  A --> B\n'.repeat(200)}`,
  'too many boxes': `flowchart LR\n  ${Array.from({ length: 99 }, (_, index) => `N${index} --> M${index}`).join('\n')}`,
  'too many groups': `flowchart LR\n${'subgraph s\n'.repeat(40)}A --> B\n${'end\n'.repeat(40)}`,
};

function list(name: string, length: number): string {
  return Array.from({ length }, (_, index) => `${name}${index}`).join(' & ');
}
