import pytest
from simcord.env import Env
from bot.client import Sourcier
from tests.bot.discord.adding_server import Newsroom
from tests.bot.discord.dealers import seen
from tests.bot.discord.reading import buttons, text

TEXT = """Mistral AI a signé un contrat avec Fluidstack pour un centre de calcul en Essonne.

Le site fournira 40 MW de puissance à partir de 2026, selon l’entreprise. L’investissement atteint 1,7 milliard d’euros.

Oracle fournira environ 4,5 GW à OpenAI, pour 30 milliards de dollars par an. La construction durera dix-huit mois."""

async def test_x(env: Env, simcord_bot: Sourcier) -> None:
    room = Newsroom(env, simcord_bot, "one")
    draft = await room.propose(TEXT, "Mistral en Essonne")
    m = (await room.manager.slash(room.channel, "source review")).response
    print(seen(m)); print(buttons(m))
    r = await room.manager.click(m, label="Open")
    print(seen(m)[:600]); print(buttons(m))
    r = await room.manager.click(m, label="Figures")
    f = r.response
    print(seen(f)); print(buttons(f))
    import time
    look=[b for b in buttons(f).values()]
    r = await room.manager.click(f, custom_id=[v for v in look if v.startswith("fig:show")][0])
    print(r.response); print(text(f)); print(buttons(f))
    for _ in range(3):
        await room.manager.click(f, label="Approve")
        print("=====", seen(f)); 
    r = await room.manager.click(f, label="Correct")
    print(r.modal)
    r = await room.manager.submit_modal(r, {"measure":"45 GW"})
    print(seen(r.response))
    assert 0
