import { Button, ScrollView, Text, View } from '@tarojs/components';
import Taro, { useShareAppMessage } from '@tarojs/taro';
import { useState } from 'react';
import Stepper from '../../components/Stepper';

export default function Index() {
  const [refreshed, setRefreshed] = useState(0);
  const [chosen, setChosen] = useState(0);
  const [cart, setCart] = useState('');
  const [top, setTop] = useState(0);

  const add = (tea, amount) => setCart(`${amount} ${tea}`);

  const open = (event) => {
    event.stopPropagation();
    Taro.navigateTo({ url: '/pages/detail/index?tea=sencha' });
  };

  useShareAppMessage(() => ({ title: 'Tea for two', path: '/pages/detail/index?tea=sencha' }));

  return (
    <View>
      <Button id="refresh" onClick={() => setRefreshed(refreshed + 1)}>
        Refreshed {refreshed}
      </Button>
      <View id="card" onClick={() => setChosen(chosen + 1)}>
        <Text>Chosen {chosen}</Text>
        <View id="add" onClick={() => add('sencha', 2)}>
          <Text>Add to cart</Text>
        </View>
        <View id="open" onClick={open}>
          <Text>Open</Text>
        </View>
      </View>
      <Text>In the cart: {cart}</Text>
      <Stepper />
      <ScrollView id="list" scrollY onScroll={(event) => setTop(event.detail.scrollTop)}>
        <Text>Scrolled to {top}</Text>
      </ScrollView>
    </View>
  );
}
