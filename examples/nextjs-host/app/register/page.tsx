import { Center } from '@chakra-ui/react';
import { AccountForm } from '../../account/account-form';
import { nextPage } from '../../account/next-page';

export const metadata = { title: 'Create account' };

export default async function RegisterPage({ searchParams }: PageProps<'/register'>) {
  const { next } = await searchParams;
  return (
    <Center as="main" flex="1" p="6">
      <AccountForm kind="register" next={nextPage(next)} />
    </Center>
  );
}
