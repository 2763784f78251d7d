export interface Person {
  username: string;
  email: string;
  password: string;
}

let people = 0;

/** Someone whom no server knows yet. */
export function newPerson(): Person {
  people += 1;
  return {
    username: `Person ${people}`,
    email: `person${people}@example.com`,
    password: 'correct horse battery',
  };
}
